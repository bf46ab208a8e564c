namespace EcosystemSilo.Tests.Simulation;

/// <summary>What befalls the silos and their store in the course of the year.</summary>
internal sealed class Faults(World world, int seed)
{
    /// <summary>Within so many steps of a silo a fault strikes it: at any await of whatever it is doing.</summary>
    private const int StepsUntilStruck = 600;

    private readonly Random _luck = new(seed);
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Counts => _counts;

    private bool _isOver;

    public async Task Happen()
    {
        while (true)
        {
            await world.Pause(TimeSpan.FromDays(0.5 + (_luck.NextDouble() * 17)));
            if (world.IsOver)
            {
                break;
            }

            await Strike();
        }

        _isOver = true;
        Heal();
    }

    /// <summary>Mostly right; now and then seconds off, an hour or a day.</summary>
    public TimeSpan ClockSkew() =>
        _isOver
            ? TimeSpan.Zero
            : _luck.Next(20) switch
            {
                0 => TimeSpan.FromDays(1),
                1 => TimeSpan.FromDays(-1),
                2 => TimeSpan.FromHours(1),
                3 => TimeSpan.FromHours(-1),
                < 8 => TimeSpan.FromSeconds(_luck.Next(-5, 6)),
                _ => TimeSpan.Zero,
            };

    /// <summary>Mostly a restart; now and then a night, or a weekend.</summary>
    public TimeSpan Downtime() =>
        _isOver
            ? TimeSpan.FromSeconds(1)
            : _luck.Next(20) switch
            {
                0 => TimeSpan.FromHours(_luck.Next(12, 60)),
                < 4 => TimeSpan.FromMinutes(_luck.Next(600)),
                _ => TimeSpan.FromMilliseconds(_luck.Next(60_000)),
            };

    private Task Strike() =>
        _luck.Next(10) switch
        {
            < 4 => Kill(),
            4 => KillAll(),
            < 7 => StopAndContinue(),
            7 => Restart(),
            8 => Outage(),
            _ => Trouble(),
        };

    private Task Kill()
    {
        if (AnySilo() is { } silo)
        {
            Count("kills");
            silo.Process.AfterSteps(_luck.Next(1, StepsUntilStruck), silo.Kill);
        }

        return Task.CompletedTask;
    }

    private Task KillAll()
    {
        Count("kills of all");
        foreach (var silo in world.Slots)
        {
            silo?.Kill();
        }

        return Task.CompletedTask;
    }

    private Task StopAndContinue()
    {
        if (AnySilo()?.Process is { } process)
        {
            Count("pauses");
            process.AfterSteps(
                _luck.Next(1, StepsUntilStruck),
                () =>
                {
                    process.Stop();
                    _ = world.Do(() => ContinueLater(process));
                }
            );
        }

        return Task.CompletedTask;
    }

    private async Task ContinueLater(SimulatedProcess process)
    {
        await world.Pause(TimeSpan.FromSeconds(Math.Pow(10, 0.5 + (_luck.NextDouble() * 5))));
        process.Continue();
    }

    private Task Restart()
    {
        if (AnySilo() is { IsReady: true } silo)
        {
            Count("restarts");
            _ = silo.Stop();
        }

        return Task.CompletedTask;
    }

    private async Task Outage()
    {
        Count("outages");
        world.Store.IsDown = true;
        await world.Pause(TimeSpan.FromSeconds(Math.Pow(10, _luck.NextDouble() * 4)));
        world.Store.IsDown = false;
    }

    private async Task Trouble()
    {
        Count("troubled days");
        world.Store.TroubleOneIn = _luck.Next(4, 60);
        await world.Pause(TimeSpan.FromHours(_luck.Next(1, 72)));
        world.Store.TroubleOneIn = 0;
    }

    private void Heal()
    {
        foreach (var silo in world.Slots)
        {
            silo?.Process.AfterSteps(-1, () => { });
            silo?.Process.Continue();
        }
    }

    private SimulatedSilo? AnySilo() => world.Slots[_luck.Next(world.Slots.Count)];

    private void Count(string fault) => _counts[fault] = _counts.GetValueOrDefault(fault) + 1;
}
