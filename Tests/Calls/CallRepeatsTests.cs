using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Calls;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Silo.Calls;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Calls;

/// <summary>What Orleans says of a call that nobody answered is repeated, and never reaches a caller.</summary>
public sealed class CallRepeatsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    public static TheoryData<Exception> Faults =>
        [
            new TimeoutException("No answer in time."),
            new OperationCanceledException("Message expired before placement could complete."),
            new SiloUnavailableException("The silo is gone."),
            new ObjectDisposedException("client"),
        ];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task ACallThatWasNotBroughtThrough_IsRepeated(Exception fault)
    {
        var calls = 0;
        CallRepeats.MayBeRepeated(fault).ShouldBeTrue();
        await new CallRepeats().Insist(
            Key,
            () => ++calls < 3 ? Task.FromException<Envelope>(fault) : Task.FromResult(new Envelope(Message: null)),
            TimeSpan.FromMinutes(1),
            fault
        );

        calls.ShouldBe(3);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task ACallThatThenMeetsAnActivationThatIsBehind_IsRepeatedUntilItIsDecided(Exception fault)
    {
        var decided = new Envelope(new Accepted(Key, 1, Repeated: true));
        Queue<Envelope> answers = new([new(new RunAgain(Conflicted: true)), new(new RunAgain(false)), decided]);

        var answer = await new CallRepeats().Insist(
            Key,
            () => Task.FromResult(answers.Dequeue()),
            TimeSpan.FromMinutes(1),
            fault
        );

        answer.ShouldBe(decided);
    }

    [Fact]
    public async Task AGrainThatStaysBehind_IsUnavailableWhenPatienceEnds() =>
        await new CallRepeats()
            .Insist(
                Key,
                () => Task.FromResult(new Envelope(new RunAgain(Conflicted: true))),
                Patience,
                new TimeoutException()
            )
            .ShouldThrowAsync<GrainUnavailableException>();

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task WhenPatienceEnds_TheGrainIsUnavailable(Exception fault)
    {
        var insisting = new CallRepeats().Insist(Key, () => Task.FromException<Envelope>(fault), Patience, fault);

        (await insisting.ShouldThrowAsync<GrainUnavailableException>()).InnerException.ShouldBe(fault);
    }

    private static GrainKey Key => DealKey.Of(TestSilo.Acme, new DealId("d-1"));
}
