using EcosystemSilo.Senders.Schemes;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks;

public sealed class Ed25519Tests
{
    /// <summary>The first three vectors of RFC 8032, section 7.1: seed, public key, message, signature.</summary>
    public static TheoryData<string, string, string, string> Vectors() =>
        new()
        {
            {
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
            },
            {
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
            },
            {
                "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
                "af82",
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
            },
        };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void TheVectorsOfTheRfc_AreSignedAndVerified(string seed, string key, string message, string signature)
    {
        var (bytes, signed) = (Convert.FromHexString(message), Convert.FromHexString(signature));

        Ed25519.Sign(Convert.FromHexString(seed), bytes).ShouldBe(signed);
        Ed25519.Verify(Convert.FromHexString(key), bytes, signed).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void OneBitOff_IsNotVerified(string seed, string key, string message, string signature)
    {
        var (bytes, signed, point) = (
            Convert.FromHexString(message),
            Convert.FromHexString(signature),
            Convert.FromHexString(key)
        );
        Ed25519.Sign(Convert.FromHexString(seed), [.. bytes, 0]).ShouldNotBe(signed);
        for (var bit = 0; bit < 8; bit++)
        {
            var (other, otherKey) = (signed.ToArray(), point.ToArray());
            other[bit * 8] ^= (byte)(1 << bit);
            otherKey[bit * 4] ^= (byte)(1 << bit);

            Ed25519.Verify(point, bytes, other).ShouldBeFalse();
            Ed25519.Verify(otherKey, bytes, signed).ShouldBeFalse();
        }

        Ed25519.Verify(point, [.. bytes, 0], signed).ShouldBeFalse();
        Ed25519.Verify(point, bytes, signed[..63]).ShouldBeFalse();
        Ed25519.Verify(point[..31], bytes, signed).ShouldBeFalse();
    }

    /// <summary>The vector of svix-webhooks, which follows the specification's v1a.</summary>
    [Fact]
    public void TheVectorOfStandardWebhooks_IsVerified_AndThePublicKeyMakesNoHmac()
    {
        const string Body = """{"test": 2432232314}""";
        var scheme = new StandardWebhooksScheme();
        var key = scheme.ReadSecret("whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=").ShouldNotBeNull();
        var at = DateTimeOffset.FromUnixTimeSeconds(1614265330);
        var request = Deliveries.Request(
            System.Text.Encoding.UTF8.GetBytes(Body),
            new Dictionary<string, string>
            {
                ["webhook-id"] = "msg_p5jXN8AQM9LWM0D4loKWxJek",
                ["webhook-timestamp"] = "1614265330",
                ["webhook-signature"] =
                    "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= "
                    + "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==",
            }
        );
        var forged = scheme.Sign(
            new OutboundDelivery("POST", Deliveries.Url, request.Body, "msg_p5jXN8AQM9LWM0D4loKWxJek", at),
            key
        )["webhook-signature"];

        // The vector's body is not of the specification's shape, so what is past the signature refuses it.
        scheme.Verify(request, [key], at).Outcome().ShouldBe("400 webhook.body-malformed");
        scheme.Verify(request.WithBody(Body + " "), [key], at).Outcome().ShouldBe("401 webhook.signature-invalid");
        scheme
            .Verify(request.WithHeader("webhook-signature", forged), [key], at)
            .Outcome()
            .ShouldBe("401 webhook.signature-invalid");
    }

    /// <summary>The encodings of the points of small order, with both signs.</summary>
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    public void AWeakKey_IsNoKey_AndProvesNothing(string key)
    {
        var weak = Convert.FromHexString(key);
        // The neutral element and zero: a signature that holds for every message under the neutral element.
        var anybodys = new byte[64];
        anybodys[0] = 1;

        Ed25519.Verify(weak, "anything"u8, anybodys).ShouldBeFalse();
        WebhookSchemes
            .Find("standard-webhooks")!
            .ReadSecret(StandardWebhooksScheme.PublicKeyPrefix + Convert.ToBase64String(weak))
            .ShouldBeNull();
    }
}
