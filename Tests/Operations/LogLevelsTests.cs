using EcosystemSilo.Grains.Interfaces.Operations;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Silo.Operations;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Operations;

/// <summary>Log levels that end by themselves, on the logger factory that the product has.</summary>
public sealed class LogLevelsTests : IDisposable
{
    private const string Category = "Orleans.Runtime.Catalog";

    private readonly ManualClock _clock = new();
    private readonly ServiceProvider _services;
    private readonly LogLevels _levels;
    private readonly ILoggerFactory _loggers;

    public LogLevelsTests()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_clock);
        services.AddLogging(logging =>
            logging
                .AddProvider(new Everything())
                .SetMinimumLevel(LogLevel.Information)
                .AddFilter("Orleans", LogLevel.Warning)
        );
        services.AddOperations(ClusterRole.Silo, new OperationsOptions());
        _services = services.BuildServiceProvider();
        _loggers = _services.GetRequiredService<ILoggerFactory>();
        _levels = _services.GetRequiredService<LogLevels>();
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public void ALevel_HoldsForLoggersThatAreThereAlready_AndEndsByItself()
    {
        var logger = _loggers.CreateLogger(Category);
        logger.IsEnabled(LogLevel.Information).ShouldBeFalse();

        Change(Category, LogSeverity.Debug, minutes: 15).ShouldBe(ChangeOutcome.Done);

        logger.IsEnabled(LogLevel.Debug).ShouldBeTrue();
        logger.IsEnabled(LogLevel.Trace).ShouldBeFalse();
        _loggers.CreateLogger("Orleans.Networking").IsEnabled(LogLevel.Information).ShouldBeFalse();
        var listed = _levels.InForce.ShouldHaveSingleItem();
        (listed.Category, listed.EndsAt, listed.By).ShouldBe((Category, _clock.GetUtcNow().AddMinutes(15), "key:k-1"));

        _clock.Advance(TimeSpan.FromMinutes(14.9));
        logger.IsEnabled(LogLevel.Debug).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromMinutes(0.1));

        logger.IsEnabled(LogLevel.Information).ShouldBeFalse();
        logger.IsEnabled(LogLevel.Warning).ShouldBeTrue();
        _levels.InForce.ShouldBeEmpty();
    }

    [Fact]
    public void TheSameCategoryAgain_HasTheNewLevel_AndTheNewEnd()
    {
        Change(Category, LogSeverity.Debug, minutes: 5);
        _clock.Advance(TimeSpan.FromMinutes(4));

        Change(Category, LogSeverity.Trace, minutes: 10, wish: "another");

        _levels.InForce.ShouldHaveSingleItem().Level.ShouldBe(LogSeverity.Trace);
        _clock.Advance(TimeSpan.FromMinutes(9));
        _loggers.CreateLogger(Category).IsEnabled(LogLevel.Trace).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromMinutes(1));
        _levels.InForce.ShouldBeEmpty();
    }

    [Fact]
    public void NoTimeAtAll_EndsWhatIsThere()
    {
        Change("Default", LogSeverity.Debug, minutes: 60);
        var logger = _loggers.CreateLogger("Somebody.Else");
        logger.IsEnabled(LogLevel.Debug).ShouldBeTrue();

        Change("Default", LogSeverity.Debug, minutes: 0).ShouldBe(ChangeOutcome.Done);

        logger.IsEnabled(LogLevel.Debug).ShouldBeFalse();
        Change("Nobody", LogSeverity.Debug, minutes: 0).ShouldBe(ChangeOutcome.Done);
    }

    [Fact]
    public void OnlySoManyCategories_HaveALevelOfTheirOwn()
    {
        for (var i = 0; i < OperationsLimits.LogCategoriesMax; i++)
        {
            Change($"Category{i}", LogSeverity.Debug, minutes: 1).ShouldBe(ChangeOutcome.Done);
        }

        Change("OneMore", LogSeverity.Debug, minutes: 1).ShouldBe(ChangeOutcome.Full);
        Change("Category0", LogSeverity.Trace, minutes: 2, wish: "another").ShouldBe(ChangeOutcome.Done);

        _levels.InForce.Count.ShouldBe(OperationsLimits.LogCategoriesMax);
        _loggers.CreateLogger("OneMore").IsEnabled(LogLevel.Debug).ShouldBeFalse();
    }

    [Fact]
    public void TheSameWishOnAnotherWay_ChangesNothingMore()
    {
        Change(Category, LogSeverity.Debug, minutes: 5);
        _clock.Advance(TimeSpan.FromMinutes(1));

        Change(Category, LogSeverity.Debug, minutes: 5).ShouldBe(ChangeOutcome.Done);

        _levels.InForce.ShouldHaveSingleItem().EndsAt.ShouldBe(_clock.GetUtcNow().AddMinutes(4));
    }

    private ChangeOutcome Change(string category, LogSeverity level, int minutes, string wish = "wish") =>
        _levels.Change(
            new LogLevelChange(category, level, TimeSpan.FromMinutes(minutes), "key:k-1", "correlation") { Wish = wish }
        );

    /// <summary>A provider that would write whatever the rules let through.</summary>
    private sealed class Everything : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) { }

        public void Dispose() { }
    }
}
