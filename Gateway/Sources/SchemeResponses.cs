using EcosystemSilo.Senders.Fetching;
using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Gateway.Sources;

/// <summary>A kind of sender, and what is needed to connect one.</summary>
/// <param name="Name">What a source's <c>scheme</c> says.</param>
/// <param name="Label">The sender's name, for people.</param>
/// <param name="Proof">How a delivery proves who sent it.</param>
/// <param name="Handshake">How the sender makes sure of the address first.</param>
/// <param name="Setup">Which page of the sender takes the address, and what to copy from it.</param>
/// <param name="Secret">Where the secret comes from.</param>
/// <param name="SecretLabel">What the sender calls the secret.</param>
/// <param name="BodyBytesMax">The largest delivery that is taken.</param>
/// <param name="IsFetched">Whether the sender can be asked for data with a person's tokens.</param>
public sealed record SchemeResponse(
    string Name,
    string Label,
    string Proof,
    string Handshake,
    string Setup,
    SecretOrigin Secret,
    string SecretLabel,
    int BodyBytesMax,
    bool IsFetched,
    IReadOnlyList<SettingResponse> Settings
)
{
    internal static SchemeResponse Of(IWebhookScheme scheme) =>
        new(
            scheme.Name,
            scheme.Facts.Label,
            scheme.Facts.Proof,
            scheme.Facts.Handshake,
            scheme.Facts.Setup,
            scheme.Facts.Secret,
            scheme.Facts.SecretLabel,
            scheme.Facts.BodyBytesMax,
            VendorApis.Find(scheme.Name) is not null,
            [
                .. scheme.Facts.Settings.Select(setting => new SettingResponse(
                    setting.Name,
                    setting.Label,
                    setting.Help,
                    setting.IsSecret
                )),
            ]
        );
}

/// <summary>One setting of a kind of sender.</summary>
/// <param name="IsSecret">Encrypted where it is stored, and never shown again.</param>
public sealed record SettingResponse(string Name, string Label, string Help, bool IsSecret);
