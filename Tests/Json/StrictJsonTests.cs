using System.Text;
using System.Text.Json;
using EcosystemSilo.Senders.Json;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Json;

public sealed class StrictJsonTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"a":1,"A":2,"b":{"a":1},"c":[{"a":1},{"a":1}]}""")]
    [InlineData("""{"a":"\ud83c\udf0e \\u0000 \\ud800 \" \n","\u00e4":1}""")]
    [InlineData("""[0,-0,1.5,9223372036854775807,18446744073709551615,1e308,-1.7976931348623157E+308,5e-324]""")]
    [InlineData("\"🌎\"")]
    [InlineData(" \r\n\t null ")]
    public void OrdinaryJson_IsTakenAsItIs(string text)
    {
        StrictJson.Parse(Encoding.UTF8.GetBytes(text), out var value).ShouldBeNull();

        value.GetRawText().ShouldBe(text.Trim());
    }

    [Theory]
    [InlineData("", "json.empty", "$")]
    [InlineData("   ", "json.malformed", "$")]
    [InlineData("{", "json.malformed", "$")]
    [InlineData("{}{}", "json.malformed", "$")]
    [InlineData("""{"a":[1,2,]}""", "json.malformed", "$.a[1]")]
    [InlineData("""{"a":1,}""", "json.malformed", "$.a")]
    [InlineData("""{"a":NaN}""", "json.malformed", "$.a")]
    [InlineData("""{"a":01}""", "json.malformed", "$.a")]
    [InlineData("""{'a':1}""", "json.malformed", "$")]
    [InlineData("{\"a\":1 /* no */}", "json.malformed", "$.a")]
    [InlineData("\uFEFF{}", "json.malformed", "$")]
    [InlineData("{\"a\":{\"b\":\"line\nfeed\"}}", "json.malformed", "$.a.b")]
    [InlineData("""{"a":1,"a":2}""", "json.duplicate-key", "$.a")]
    [InlineData("""{"a":1,"\u0061":2}""", "json.duplicate-key", "$.a")]
    [InlineData("""{"x":[{},{"b":{"c":1,"c":1}}]}""", "json.duplicate-key", "$.x[1].b.c")]
    [InlineData("""{"n":"\ud800"}""", "json.lone-surrogate", "$.n")]
    [InlineData("""{"n":"\udc00\ud800"}""", "json.lone-surrogate", "$.n")]
    [InlineData("""{"n":"\ud800x\udc00"}""", "json.lone-surrogate", "$.n")]
    [InlineData("""{"n":"\ud800\ud800\udc00"}""", "json.lone-surrogate", "$.n")]
    [InlineData("""{"n":[1,{"\uDFFF":1}]}""", "json.lone-surrogate", "$.n[1].\\uDFFF")]
    [InlineData("""{"n":{"deep":"a\u0000"}}""", "json.nul-character", "$.n.deep")]
    [InlineData("{\"n\":\"a\0b\"}", "json.nul-character", "$.n")]
    [InlineData("""{"n":1e309}""", "json.number-out-of-range", "$.n")]
    [InlineData("""[0,-1E+999999999]""", "json.number-out-of-range", "$[1]")]
    [InlineData("""{"n":11111111111111111111111111111111111111111}""", "json.number-out-of-range", "$.n")]
    public void WhatTwoReadersCouldTakeDifferently_IsRefusedWithItsPath(string text, string code, string path)
    {
        var fault = StrictJson.Parse(Encoding.UTF8.GetBytes(text), out var value).ShouldNotBeNull();

        fault.Code.ShouldBe(code);
        fault.Path.ShouldBe(path);
        value.ValueKind.ShouldBe(JsonValueKind.Undefined);
    }

    [Theory]
    [InlineData(new byte[] { 0x22, 0xC0, 0xA0, 0x22 })] // overlong space
    [InlineData(new byte[] { 0x22, 0xED, 0xA0, 0x80, 0x22 })] // a surrogate in UTF-8
    [InlineData(new byte[] { 0x22, 0xFF, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xF0, 0x9F, 0x8C, 0x22 })] // cut short
    public void InvalidUtf8_IsRefused(byte[] bytes) =>
        StrictJson.Parse(bytes, out _).ShouldNotBeNull().Code.ShouldBe("json.invalid-utf8");

    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public void SixtyFourLevels_AreTheDeepest(char open, char close)
    {
        var (before, leaf) = open == '[' ? ("[", "1") : ("{\"a\":", "1");
        string Nested(int depth) => string.Concat(Enumerable.Repeat(before, depth)) + leaf + new string(close, depth);

        StrictJson.Parse(Encoding.UTF8.GetBytes(Nested(64)), out _).ShouldBeNull();
        var fault = StrictJson.Parse(Encoding.UTF8.GetBytes(Nested(65)), out _).ShouldNotBeNull();
        fault.Code.ShouldBe("json.too-deep");
        fault.Path.Length.ShouldBeLessThanOrEqualTo(JsonLimits.PathCharsMax);
    }

    public static TheoryData<string, byte[], string> Bombs() =>
        new()
        {
            { "depth 10,000 of arrays", Encoding.UTF8.GetBytes(new string('[', 10_000)), "json.too-deep" },
            { "depth 10,000 of objects", Repeat("{\"a\":", 10_000), "json.too-deep" },
            { "a million zeros", Encoding.UTF8.GetBytes($"[{string.Join(',', new int[400_000])}]"), "json.too-large" },
            {
                "a number of 800,000 digits",
                Encoding.UTF8.GetBytes(new string('9', 800_000)),
                "json.number-out-of-range"
            },
            { "a name of 800,000 characters twice", TwiceNamed(400_000), "json.duplicate-key" },
            { "40,000 names and the last twice", ManyNames(40_000), "json.duplicate-key" },
            { "800,000 escapes and a lone surrogate", Escapes(130_000), "json.lone-surrogate" },
            { "an endless text", Encoding.UTF8.GetBytes("\"" + new string('x', 1_000_000)), "json.malformed" },
        };

    [Theory]
    [MemberData(nameof(Bombs), DisableDiscoveryEnumeration = true)]
    public void AJsonBomb_IsRefusedWithoutMuchMemory(string situation, byte[] bomb, string code)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var fault = StrictJson.Parse(bomb, out _).ShouldNotBeNull();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        fault.Code.ShouldBe(code, situation);
        fault.Path.Length.ShouldBeLessThanOrEqualTo(JsonLimits.PathCharsMax, situation);
        allocated.ShouldBeLessThan(16 * 1024 * 1024, situation);
    }

    [Fact]
    public void DepthIsRefused_AtAllButNoCost()
    {
        var bomb = Encoding.UTF8.GetBytes(new string('[', 10_000));
        StrictJson.Parse(bomb, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        StrictJson.Parse(bomb, out _);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(8 * 1024);
    }

    private static byte[] Repeat(string text, int count) =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text, count)));

    private static byte[] TwiceNamed(int length)
    {
        var name = new string('n', length);
        return Encoding.UTF8.GetBytes($$"""{"{{name}}":1,"{{name}}":2}""");
    }

    private static byte[] ManyNames(int count) =>
        Encoding.UTF8.GetBytes(
            $"{{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"n{i}\":0"))},\"n0\":0}}"
        );

    private static byte[] Escapes(int count) =>
        Encoding.UTF8.GetBytes($"\"{string.Concat(Enumerable.Repeat("\\u0041", count))}\\ud800\"");
}
