using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Senders.Json;
using EcosystemSilo.Senders.Mapping;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks;

public sealed class HubSpotAmountTests
{
    [Theory]
    [InlineData("\"12500.50\"", "USD", 1_250_050)]
    [InlineData("12500.5", "USD", 1_250_050)]
    [InlineData("\"1000\"", "JPY", 1_000)]
    [InlineData("\"1000.00\"", "JPY", 1_000)]
    [InlineData("\"1.234\"", "KWD", 1_234)]
    [InlineData("\"12.50\"", "HUF", 1_250)]
    [InlineData("\"12.50\"", "COP", 1_250)]
    [InlineData("\"1.2345\"", "CLF", 12_345)]
    public void AnAmount_IsInTheCurrencysOwnMinorUnits(string value, string currency, long minor) =>
        Map(value, currency)
            .ShouldBeOfType<Mapped>()
            .Command.ShouldBe(new ChangeDealAmount(new Money(minor, currency)));

    [Theory]
    [InlineData("\"0.5\"", "JPY")]
    [InlineData("\"1.234\"", "USD")]
    [InlineData("\"1.2345\"", "KWD")]
    [InlineData("\"-3\"", "USD")]
    [InlineData("\"1e5\"", "USD")]
    [InlineData("\"79228162514264337593543950335\"", "USD")]
    [InlineData("\"99999999999999999999999999999\"", "JPY")]
    [InlineData("\"1000000000000001\"", "JPY")]
    [InlineData("\"much\"", "USD")]
    public void WhatIsNoAmountOfTheCurrency_IsADeadLetter(string value, string currency) =>
        Map(value, currency).ShouldBeOfType<Unmappable>().Reason.Code.ShouldBe(FieldCodes.MoneyInvalid);

    [Theory]
    [InlineData("U$D")]
    [InlineData("usd")]
    [InlineData("XAU")]
    [InlineData(null)]
    public void AMappingWithoutACurrencyOfIso4217_IsADeadLetter(string? currency) =>
        Map("\"1\"", currency).ShouldBeOfType<Unmappable>().Reason.Field.ShouldBe("mapping.currency");

    [Theory]
    [InlineData("\"\"")]
    [InlineData("null")]
    public void AClearedAmount_IsTakenOver(string value) =>
        Map(value, "USD").ShouldBeOfType<Mapped>().Command.ShouldBe(new ClearDealAmount());

    private static Meaning Map(string value, string? currency)
    {
        var source = new SourceView(
            "crm",
            "hubspot-v3",
            new SourceMapping(Currency: currency),
            [],
            new Dictionary<string, SourceSetting>()
        );
        var data = JsonElement.Parse($$"""{"objectId":5,"propertyName":"amount","propertyValue":{{value}}}""");
        var inbound = new InboundEvent("1", "deal.propertyChange", OccurredAt: null, data, default);
        return EventMapping.Map(TestSilo.Acme, source, inbound);
    }
}
