using EcosystemSilo.Gateway.DeadLetters;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks;

/// <summary>Who may not see who people are sees an event's shape without them.</summary>
public sealed class PersonalFieldsTests
{
    [Theory]
    [InlineData("""{"email":"ada@example.org"}""", """{"email":"•••"}""")]
    [InlineData("""{"Contact_E-Mail":"x"}""", """{"Contact_E-Mail":"•••"}""")]
    [InlineData("""{"first_name":"Ada","dealId":"d-1"}""", """{"first_name":"•••","dealId":"d-1"}""")]
    [InlineData(
        """{"address":{"line":["Main St 1"],"country":"US"}}""",
        """{"address":{"line":["•••"],"country":"•••"}}"""
    )]
    [InlineData(
        """{"name":[{"family":"Lovelace","given":["Ada"]}]}""",
        """{"name":[{"family":"•••","given":["•••"]}]}"""
    )]
    [InlineData("""{"note":"write to ada@example.org"}""", """{"note":"•••"}""")]
    [InlineData("""{"call":"+1 (555) 010-9999"}""", """{"call":"•••"}""")]
    [InlineData("""{"birthYear":1815}""", """{"birthYear":"•••"}""")]
    [InlineData(
        """{"propertyName":"firstname","propertyValue":"Ada"}""",
        """{"propertyName":"firstname","propertyValue":"•••"}"""
    )]
    [InlineData(
        """{"propertyName":"amount","propertyValue":"500"}""",
        """{"propertyName":"amount","propertyValue":"500"}"""
    )]
    [InlineData("""{"amount":5.0,"won":true,"at":null}""", """{"amount":5.0,"won":true,"at":null}""")]
    [InlineData("\"ada@example.org\"", "\"•••\"")]
    [InlineData("null", "null")]
    public void WhatDescribesAPerson_IsHidden_AndTheRestStays(string body, string shown) =>
        PersonalFields.Mask(body).ShouldBe(shown);
}
