using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Pauses;
using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Gateway.Operations;

/// <summary>Pauses a grain.</summary>
/// <param name="Reason">For whoever meets the pause: 1 to 2,000 characters, and nothing about a person.</param>
public sealed record PauseRequest(string Reason) : IRequest<PauseRequest>
{
    public static PauseRequest Read(Fields fields) => new(fields.Text("reason", FieldLimits.NoteLengthMax));
}

/// <summary>Resumes a grain; the body may be left out.</summary>
public sealed record ResumeRequest : IRequest<ResumeRequest>
{
    public static ResumeRequest Read(Fields fields) => new();
}

/// <summary>Whether a grain is paused.</summary>
/// <param name="Version">The grain's version that this is of.</param>
/// <param name="Pause">Left out when it is not paused.</param>
public sealed record PauseResponse(string Kind, string Id, long Version, bool IsPaused, GrainPause? Pause)
{
    public static PauseResponse Of(GrainKey key, PauseState state) =>
        new(key.Kind, key.Id, state.Version, state.Pause is not null, state.Pause);
}
