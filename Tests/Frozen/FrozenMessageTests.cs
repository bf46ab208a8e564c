using System.Text.Json;
using System.Text.Json.Schema;
using EcosystemSilo.Grains;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Frozen;

/// <summary>
/// What was ever stored can be read for ever. To freeze a new message, add its sample and run this test once with
/// <c>FREEZE=1</c>; it writes files that are missing and never touches one that is there.
/// </summary>
public sealed class FrozenMessageTests
{
    private const string Folder = "Tests/Frozen/messages";
    private const string States = "Tests/Frozen/states";
    private static readonly Type[] Sent =
    [
        typeof(ICommand),
        typeof(IEvent),
        typeof(IView),
        typeof(Grains.Interfaces.Calls.Outcome),
    ];
    private static readonly bool Freezes = Environment.GetEnvironmentVariable("FREEZE") == "1";

    public static TheoryData<string> Names =>
        [.. Wire.All.Select(wire => $"{wire.Name}.v{wire.Version}").Order(StringComparer.Ordinal)];

    public static TheoryData<string> Files =>
        [.. Repository.Files("*.json", Folder).Select(file => Path.GetFileNameWithoutExtension(file))];

    public static TheoryData<string> Kinds =>
        [.. GrainKinds.All.Select(kind => kind.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryMessage_IsStoredInItsFrozenForm(string name)
    {
        var sample = Sample(name);
        var written = Wire.Write(sample);
        var file = Repository.PathOf($"{Folder}/{name}.json");
        if (Freezes && !File.Exists(file))
        {
            File.WriteAllBytes(file, written);
        }

        File.Exists(file).ShouldBeTrue($"{name} is not frozen yet; see the summary of this test.");
        written.ShouldBe(
            File.ReadAllBytes(file),
            $"{name} is stored differently now: give the new form a new version."
        );
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void EveryFrozenFile_IsReadAsItsSample_AndWrittenBackUnchanged(string name)
    {
        var bytes = File.ReadAllBytes(Repository.PathOf($"{Folder}/{name}.json"));
        var split = name.LastIndexOf(".v", StringComparison.Ordinal);
        var wire = Wire.Find(name[..split], int.Parse(name[(split + 2)..]))
            .ShouldNotBeNull($"{name} was stored once; it can never be taken away or renamed.");

        var read = Wire.Read(wire, bytes);

        Wire.Write(read).ShouldBe(bytes);
        read.GetType().ShouldBe(Sample(name).GetType());
    }

    [Fact]
    public void EveryMessageType_HasItsNameAndIsFound()
    {
        var messages = typeof(Wire)
            .Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false })
            .Where(type => Sent.Any(type.IsAssignableTo));

        foreach (var type in messages)
        {
            var wire = Wire.Of(type);
            wire.Type.ShouldBe(type);
            Wire.Find(wire.Name, wire.Version).ShouldBeSameAs(wire);
        }

        Wire.All.Count.ShouldBe(FrozenSamples.All.Count());
    }

    [Fact]
    public void Names_AreKebabWordsBetweenDots() =>
        Wire.All.Select(wire => wire.Name).ShouldAllBe(name => IsKebab(name), "for example deal.claim-ended");

    /// <summary>
    /// A snapshot of another shape is passed over, but only when the kind says that its shape is another.
    /// </summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void AChangedState_HasANewShapeNumber(string name)
    {
        var kind = GrainKinds.All.Single(k => k.Name == name);
        var schema = Wire.Options.GetJsonSchemaAsNode(kind.StateType).ToJsonString(Pretty) + "\n";
        var file = Repository.PathOf($"{States}/{name}.v{kind.StateShape}.json");
        if (Freezes && !File.Exists(file))
        {
            File.WriteAllText(file, schema);
        }

        File.Exists(file).ShouldBeTrue($"Shape {kind.StateShape} of {name} is not frozen yet.");
        schema.ShouldBe(File.ReadAllText(file), $"The state of {name} changed: raise its stateShape.");
    }

    private static JsonSerializerOptions Pretty { get; } = new() { WriteIndented = true, NewLine = "\n" };

    private static object Sample(string name) =>
        FrozenSamples
            .All.SingleOrDefault(sample => $"{Wire.Of(sample).Name}.v{Wire.Of(sample).Version}" == name)
            .ShouldNotBeNull($"{name} has no sample in FrozenSamples.");

    private static bool IsKebab(string name) =>
        name.Split('.') is { Length: 2 } words
        && words.All(word =>
            word.Split('-').All(part => part.Length > 0 && part.All(letter => char.IsAsciiLetterLower(letter)))
        );
}
