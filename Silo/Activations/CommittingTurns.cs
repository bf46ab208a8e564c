namespace EcosystemSilo.Silo.Activations;

/// <summary>
/// Commands whose commit is under way, by name: a repeat waits for the first one's answer. Most grains have one at a
/// time, and millions of them have none, so only a second one costs memory.
/// </summary>
internal struct CommittingTurns
{
    private Turn? _one;
    private Dictionary<(string Scope, string Id), Turn>? _others;

    public readonly int Count => (_one is null ? 0 : 1) + (_others?.Count ?? 0);

    public readonly Turn? Find((string Scope, string Id) name) =>
        _one?.Name == name ? _one : _others?.GetValueOrDefault(name);

    public void Add(Turn turn)
    {
        if (_one is null)
        {
            _one = turn;
        }
        else
        {
            (_others ??= []).Add(turn.Name, turn);
        }
    }

    public void Remove(Turn turn)
    {
        if (_one == turn)
        {
            _one = null;
        }
        else if (_others is not null && _others.Remove(turn.Name) && _others.Count == 0)
        {
            _others = null;
        }
    }
}
