using System.Text.Json;
using EcosystemSilo.Senders.Fetching;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Fetching;

/// <summary>The signatures were computed by another program (openssl).</summary>
public sealed class WithingsApiTests
{
    private static readonly Leaver Person = new(
        new VendorTokens("first", "refresh-1", ExpiresAt: null),
        new VendorClientId("our-id", "our-secret"),
        "42",
        DateTimeOffset.FromUnixTimeSeconds(1_770_000_000)
    );

    [Fact]
    public void APersonIsLetGo_UnderASignatureOverANumberOfWithings()
    {
        var withings = new WithingsApi();

        var number = withings.Deregister(Person)!;
        number.Path.ShouldBe("v2/signature");
        number.Form!["signature"].ShouldBe("80f637abc3521ec4a36b3fc60b8c7e8802eaf0fcad014b71034ede02798ba119");

        var revoked = withings.DeregisterNext(Person, JsonElement.Parse("""{"status":0,"body":{"nonce":"n-1"}}"""))!;
        revoked.Path.ShouldBe("v2/oauth2");
        revoked.Form!["signature"].ShouldBe("6bd81a74230e7db1689f41b68a1a858e0bc6f38cb78d7ecf37c79a82bc74827e");
        withings.DeregisterNext(Person, JsonElement.Parse("""{"status":0,"body":{}}""")).ShouldBeNull();
    }

    [Fact]
    public void WithoutTheClientsSecret_NobodyCanBeLetGo() =>
        new WithingsApi().Deregister(Person with { Client = null }).ShouldBeNull();
}
