using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace EcosystemSilo.Gateway.Board;

/// <summary>
/// SignalR's JSON, in which a refusal is its code and its sentence, and not the framework's sentence about an
/// unexpected error before them.
/// </summary>
internal sealed class PlainRefusals(IOptions<JsonHubProtocolOptions> options) : IHubProtocol
{
    /// <summary>What the framework puts between its own words and those of a <see cref="HubException"/>.</summary>
    private const string Mark = "HubException: ";

    private readonly JsonHubProtocol _json = new(options);

    public string Name => _json.Name;

    public int Version => _json.Version;

    public TransferFormat TransferFormat => _json.TransferFormat;

    public bool IsVersionSupported(int version) => _json.IsVersionSupported(version);

    public bool TryParseMessage(
        ref ReadOnlySequence<byte> input,
        IInvocationBinder binder,
        [NotNullWhen(true)] out HubMessage? message
    ) => _json.TryParseMessage(ref input, binder, out message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) =>
        _json.WriteMessage(Plain(message), output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _json.GetMessageBytes(Plain(message));

    private static HubMessage Plain(HubMessage message) =>
        message is CompletionMessage { Error: { } error } failed
        && error.IndexOf(Mark, StringComparison.Ordinal) is >= 0 and var at
            ? CompletionMessage.WithError(failed.InvocationId!, error[(at + Mark.Length)..])
            : message;
}
