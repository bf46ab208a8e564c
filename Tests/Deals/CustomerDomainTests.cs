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
    [InlineData("www.health.de", "health.de")]
    [InlineData("health.de", "health.de")]
    [InlineData("one.github.io", "one.github.io")]
    [InlineData("www.two.github.io", "two.github.io")]
    [InlineData("north.govt.nz", "north.govt.nz")]
    [InlineData("ward.hospital.on.ca", "hospital.on.ca")]
    [InlineData("clinic.go.jp", "clinic.go.jp")]
    [InlineData("www.city.kawasaki.jp", "city.kawasaki.jp")]
    [InlineData("a.b.kawasaki.jp", "a.b.kawasaki.jp")]
    [InlineData("acme.example", "acme.example")]
    [InlineData("tamil.xn--mgbayh7gpa", "tamil.xn--mgbayh7gpa")]
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
    [InlineData("nhs.uk")]
    [InlineData("co.uk")]
    [InlineData("github.io")]
    [InlineData("on.ca")]
    [InlineData("anything.ck")]
    [InlineData("gmail.com")]
    [InlineData("ann@mail.gmail.com")]
    [InlineData("yahoo.co.uk")]
    [InlineData("hotmail.fr")]
    [InlineData("icloud.com")]
    [InlineData("ac\u00adme.example")]
    [InlineData("ac\u200bme.example")]
    [InlineData("ac\u200dme.example")]
    [InlineData("ac\u2060me.example")]
    [InlineData("acme\ufe0f.example")]
    [InlineData("acme\U000e0101.example")]
    [InlineData("acm\u00aa.example")]
    [InlineData("xn--acme-tga.example")]
    [InlineData("xn--acme-e78x.example")]
    [InlineData("xn--tmary-xm33a.org")]
    [InlineData("xn--klinik-munchen-86h.de")]
    [InlineData("xn--acme-.example")]
    [InlineData("xn--.example")]
    [InlineData("xn--klinik-mnchen-9999999.de")]
    [InlineData("\u0308clinic.de")]
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

    [Theory]
    [InlineData("stmary.org", "")]
    [InlineData("www.stmary.org", "")]
    [InlineData("trust.nhs.uk", "")]
    [InlineData("north.govt.nz", "govt.nz")]
    [InlineData("one.github.io", "github.io")]
    [InlineData("health.de", "www.health.de")]
    [InlineData("www.health.de", "www.health.de")]
    public void FormerAccountsOfACustomer_AreKnown(string text, string forms) =>
        string.Join(' ', CustomerDomain.FormerForms(text)).ShouldBe(forms);

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
        string[] forms = ["stmary.org", "trust.nhs.uk", "one.github.io", "xn--klinik-mnchen-3ob.de"];
        forms.Select(CustomerDomain.Normalise).ShouldBe(forms);
    }
}
