using Microsoft.Extensions.Options;

namespace EcosystemSilo.Gateway.Auth;

/// <summary>Refuses to start with settings that would let the wrong people in.</summary>
public sealed class AuthOptionsCheck : IValidateOptions<AuthOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
        var faults = options.Faults().ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
