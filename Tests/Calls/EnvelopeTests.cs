using System.Text;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Calls;
using EcosystemSilo.Silo.Calls;
using EcosystemSilo.Tests.Engines;
using EcosystemSilo.Tests.Frozen;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Calls;

/// <summary>What goes between processes, as Orleans' serializer makes bytes of it and reads them again.</summary>
public sealed class EnvelopeTests
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddSerializer().BuildServiceProvider();
    private static readonly Serializer Bytes = Services.GetRequiredService<Serializer>();
    private static readonly Ask Asked = new(
        "acme/test",
        "id-1",
        "key:k_1",
        "correlation",
        new byte[] { 1, 2, 3 },
        ExpectedVersion: 7
    );

    public static TheoryData<string> Sent => [.. Messages.Keys.Order(StringComparer.Ordinal)];

    private static Dictionary<string, object> Messages { get; } =
        FrozenSamples
            .All.Where(sample => sample is ICommand or IView or Outcome)
            .ToDictionary(sample => $"{Wire.Of(sample).Name}.v{Wire.Of(sample).Version}", StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Sent))]
    public void EveryCommandViewAndOutcome_ComesBackFromItsBytes(string name)
    {
        var message = Messages[name];

        var back = Back(new Envelope(message) { Version = 9 });

        back.Message.ShouldNotBeNull().GetType().ShouldBe(message.GetType());
        Wire.Write(back.Message).ShouldBe(Wire.Write(message));
        back.Version.ShouldBe(9);
    }

    [Fact]
    public void WhatIsNamedInAMessagesPlace_IsItsStableName_NotItsType()
    {
        var text = Encoding.UTF8.GetString(Bytes.SerializeToArray(new Envelope(SourceCommands.Change(1))));

        text.ShouldContain(Wire.Of(SourceCommands.Change(1)).Name);
        text.ShouldNotContain(nameof(Grains.Interfaces.Sources.ChangeMapping));
    }

    [Fact]
    public void TheCircumstancesOfACommand_ComeBack()
    {
        var back = Back(new Envelope(SourceCommands.Create) { Target = SourceCommands.Key, Ask = Asked });

        back.Target.ShouldBe(SourceCommands.Key);
        var ask = back.Ask.ShouldNotBeNull();
        ask.Hash.ToArray().ShouldBe(Asked.Hash.ToArray());
        (ask with { Hash = default }).ShouldBe(Asked with { Hash = default });
    }

    [Fact]
    public void WhichStateIsRead_ComesBack()
    {
        Back(new Envelope(Message: null) { At = ReadAt.Newest }).At.ShouldBe(ReadAt.Newest);
        Back(new Envelope(Message: null) { At = ReadAt.Version(0) }).At.ShouldBe(ReadAt.Version(0));
        var next = new ReadAt(AtLeast: 3, Patience: TimeSpan.FromTicks(12_345));
        Back(new Envelope(Message: null) { At = next }).At.ShouldBe(next);
    }

    [Fact]
    public void TheAnswerThatThereIsNothing_ComesBack() =>
        Back(new Envelope(Message: null) { Version = 0 }).ShouldBe(new Envelope(Message: null) { Version = 0 });

    [Fact]
    public void WithinAProcess_NothingIsCopied()
    {
        var envelope = new Envelope(SourceCommands.Create);

        Services.GetRequiredService<DeepCopier<Envelope>>().Copy(envelope).ShouldBeSameAs(envelope);
    }

    [Fact]
    public void AnException_HasNoBytes() =>
        Should
            .Throw<InvalidOperationException>(() => Bytes.SerializeToArray(new Envelope(new TimeoutException())))
            .Message.ShouldBe("TimeoutException has no [Wire] name.");

    private static Envelope Back(Envelope envelope) =>
        Bytes.Deserialize<Envelope>(Bytes.SerializeToArray(envelope)).ShouldNotBeNull();
}
