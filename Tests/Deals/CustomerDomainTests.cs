using EcosystemSilo.Grains.Interfaces.Deals;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Deals;

public sealed class CustomerDomainTests
{
    [Theory]
    [InlineData("stmary.org", "stmary.org")]
    [InlineData("StMary.ORG", "stmary.org")]
    [InlineData(" stmary.org ", "stmary.org")]
    [InlineData("stmary.org.", "stmary.org")]
    [InlineData("www.stmary.org", "stmary.org")]
    [InlineData("portal.cardiology.stmary.org", "stmary.org")]
    [InlineData("https://WWW.StMary.org/", "stmary.org")]
    [InlineData("http://stmary.org:8080/login?next=/a#top", "stmary.org")]
    [InlineData("//stmary.org/", null)]
    [InlineData("ann@stmary.org", "stmary.org")]
    [InlineData("https://ann:secret@stmary.org/", "stmary.org")]
    [InlineData("trust.nhs.uk", "trust.nhs.uk")]
    [InlineData("www.trust.nhs.uk", "trust.nhs.uk")]
    [InlineData("nhs.uk", "nhs.uk")]
    [InlineData("www.stmary.com.au", "stmary.com.au")]
    [InlineData("clinic.co.jp", "clinic.co.jp")]
    [InlineData("www.clinic.de", "clinic.de")]
    [InlineData("org.example.com", "example.com")]
    [InlineData("klinik-münchen.de", "xn--klinik-mnchen-3ob.de")]
    [InlineData("KLINIK-MÜNCHEN.de", "xn--klinik-mnchen-3ob.de")]
    [InlineData("xn--klinik-mnchen-3ob.de", "xn--klinik-mnchen-3ob.de")]
    [InlineData("stmary。org", "stmary.org")]
    public void TheSameCustomer_HasOneDomain(string text, string? domain) =>
        CustomerDomain.Normalise(text).ShouldBe(domain);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("stmary")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("stmary..org")]
    [InlineData(".org")]
    [InlineData("-stmary.org")]
    [InlineData("stmary-.org")]
    [InlineData("st_mary.org")]
    [InlineData("st mary.org")]
    [InlineData("stmary.org\0")]
    [InlineData("stmary\n.org")]
    [InlineData("klinik-mu\u0308nchen.de")]
    [InlineData("ｓtmary.org")]
    [InlineData("\ufffd.org")]
    [InlineData("https://")]
    [InlineData("mailto:")]
    public void WhatIsNoHostName_IsRefused(string text) => CustomerDomain.Normalise(text).ShouldBeNull();

    [Fact]
    public void ALoneSurrogate_IsRefused() => CustomerDomain.Normalise("\ud800.org").ShouldBeNull();

    [Fact]
    public void ALabelOrNameBeyondTheLimits_IsRefused()
    {
        CustomerDomain.Normalise(new string('a', 63) + ".org").ShouldNotBeNull();
        CustomerDomain.Normalise(new string('a', 64) + ".org").ShouldBeNull();
        CustomerDomain.Normalise(string.Concat(Enumerable.Repeat("a.", 126)) + "org").ShouldBeNull();
        CustomerDomain.Normalise(new string('a', 10_000) + ".org").ShouldBeNull();
    }

    [Fact]
    public void TheNormalForm_IsItsOwnNormalForm()
    {
        string[] forms = ["stmary.org", "trust.nhs.uk", "xn--klinik-mnchen-3ob.de"];
        forms.Select(CustomerDomain.Normalise).ShouldBe(forms);
    }
}
