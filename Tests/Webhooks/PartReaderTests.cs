using System.Text;
using EcosystemSilo.Senders.Schemes;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks;

public sealed class PartReaderTests
{
    private static readonly PartShape Users = new(PartShape.ByContent) { Subject = "userId" };
    private static readonly PartShape Inside = new(PartShape.ByContent) { Parent = "data" };

    [Fact]
    public async Task ElementsOfOneArrayAndOnePerson_AreOnePart()
    {
        var parts = await Read(
            """{"a":[{"userId":"u","n":1},{"userId":"u","n":2},{"n":3,"userId":"v"}],"x":1,"b":[{"userId":"v"}],"c":[]}""",
            Users
        );

        parts
            .Select(part => part.Event!.Data.GetRawText())
            .ShouldBe([
                """{"a":[{"userId":"u","n":1},{"userId":"u","n":2}]}""",
                """{"a":[{"n":3,"userId":"v"}]}""",
                """{"b":[{"userId":"v"}]}""",
            ]);
        parts.Select(part => part.Event!.Type).ShouldBe(["a", "a", "b"]);
    }

    [Fact]
    public async Task ArraysInsideAMember_AreTakenThere_AndNowhereElse()
    {
        var parts = await Read("""{"x":{"y":[1]},"data":{"m":[{"d":[1,[2]]},7,"t"],"n":null},"z":[1]}""", Inside);

        parts.ShouldHaveSingleItem().Event!.Data.GetRawText().ShouldBe("""{"data":{"m":[{"d":[1,[2]]},7,"t"]}}""");
        (await Read("""{"data":null}""", Inside)).ShouldBeEmpty();
    }

    /// <summary>However the bytes fall into packets, the parts and their ids are the same.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public async Task AnyPackets_MakeTheSameParts(int packet)
    {
        var body = Big(users: 20, elements: 200);
        var whole = await Read(body, Users);

        var pieces = await Read(body, Users, packet);

        pieces.Select(part => part.Event!.Id).ShouldBe(whole.Select(part => part.Event!.Id));
        whole.Sum(part => part.Event!.Data.GetProperty("dailies").GetArrayLength()).ShouldBe(200);
    }

    [Fact]
    public async Task ManyElements_AreSplitIntoBoundedParts()
    {
        var parts = await Read(Big(users: 1, elements: 5_000), Users);

        parts.Count.ShouldBeGreaterThan(5);
        parts.ShouldAllBe(part => part.Bytes <= WebhookLimits.PartBytesMax + 256);
        parts.Select(part => part.Event!.Id).ShouldBeUnique();
    }

    [Theory]
    [InlineData("", "400 json.malformed")]
    [InlineData("[1]", "400 webhook.body-malformed")]
    [InlineData("7", "400 webhook.body-malformed")]
    [InlineData("{\"a\":[{\"n\":1}", "400 json.malformed")]
    [InlineData("{\"a\":[1]} x", "400 json.malformed")]
    [InlineData("{\"a\":[{\"n\":1,\"n\":2}]}", "400 json.duplicate-key")]
    [InlineData("{\"a\":[\"\\ud800\"]}", "400 json.lone-surrogate")]
    public async Task WhatIsNoBodyOfArrays_IsRefused(string body, string outcome)
    {
        var parts = await Read(body, Users);

        parts[^1].Fault.ShouldNotBeNull().Outcome().ShouldBe(outcome);
    }

    [Fact]
    public async Task AnElementBeyondTheLimit_IsRefusedWithItsPath()
    {
        var large = new string('x', WebhookLimits.ElementBytesMax);
        var parts = await Read($$"""{"a":[{"n":1},{"n":"{{large}}"}]}""", Users);

        var fault = parts[^1].Fault.ShouldNotBeNull();
        (fault.Outcome(), fault.Field).ShouldBe(("413 webhook.element-too-large", "$.a[1]"));
    }

    [Fact]
    public async Task ALargeElement_IsAPartOfItsOwn()
    {
        var large = new string('x', 1_000_000);
        var parts = await Read($$"""{"a":[{"n":1},{"n":"{{large}}"},{"n":2}]}""", Users);

        parts.Select(part => part.Bytes > 1_000_000).ShouldBe([false, true, false]);
    }

    [Fact]
    public async Task ABodyBeyondItsLimit_IsRefusedWhereItPassesIt()
    {
        var parts = new PartReader(new MemoryStream(Encoding.UTF8.GetBytes(Big(1, 5_000))), Users, bytesMax: 10_000);

        var last = default(Part);
        await foreach (var part in parts.Read(TestContext.Current.CancellationToken))
        {
            last = part;
        }

        last.Fault.ShouldNotBeNull().Outcome().ShouldBe("413 webhook.body-too-large");
    }

    internal static string Big(int users, int elements)
    {
        var samples = string.Join(',', Enumerable.Range(0, 20).Select(i => $"\"{i * 15}\":{60 + (i % 40)}"));
        var all = Enumerable
            .Range(0, elements)
            .Select(i =>
                $$$"""{"userId":"u{{{i * users / elements}}}","summaryId":"s{{{i}}}","hr":{ {{{samples}}} }}"""
            );
        return $$"""{"dailies":[{{string.Join(',', all)}}]}""";
    }

    private static async Task<List<Part>> Read(string body, PartShape shape, int packet = int.MaxValue)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var reader = new PartReader(new Packets(bytes, packet), shape, Math.Max(bytes.Length, 1));
        var parts = new List<Part>();
        await foreach (var part in reader.Read(TestContext.Current.CancellationToken))
        {
            parts.Add(part);
        }

        return parts;
    }

    /// <summary>Gives so many bytes a read, as a network does.</summary>
    private sealed class Packets(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, size)], cancellationToken);
    }
}
