using System.Globalization;
using System.Reflection;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo;
using EcosystemSilo.Silo.Activations;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Calls;

/// <summary>One budget of time: whoever is inside gives up before whoever waits for them does.</summary>
public sealed class TimeBudgetTests
{
    private static readonly TimeSpan OneCall = TimeSpan.Parse(Limits.CallTimeout, CultureInfo.InvariantCulture);

    [Fact]
    public void TheJournal_IsGivenUpBeforeTheCall_AndTheCallBeforeItsCaller()
    {
        JournalLimits.AppendPatience.ShouldBeLessThan(OneCall);
        JournalLimits.ReadPatience.ShouldBeLessThan(OneCall);
        OneCall.ShouldBeLessThan(Limits.CallPatience);
    }

    [Fact]
    public void WhoeverWaitsForAVersion_AsksAgainBeforeTheCallIsGivenUp() =>
        Limits.ReadWaitMax.ShouldBeLessThan(OneCall);

    [Fact]
    public void APauseBetweenCalls_LeavesRoomForAnother() =>
        (OneCall + Limits.CallPauseMax + OneCall).ShouldBeLessThan(Limits.CallPatience);

    [Fact]
    public void TheTimeOut_IsThatOfCallsToGrains_WhichTakeNoCallersCancellation()
    {
        foreach (var call in typeof(IGrainCalls).GetMethods())
        {
            call.GetCustomAttribute<ResponseTimeoutAttribute>().ShouldNotBeNull().Timeout.ShouldBe(OneCall);
            call.GetParameters().ShouldAllBe(parameter => parameter.ParameterType != typeof(CancellationToken));
        }
    }
}
