using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Membership;

public sealed class EvictedSiloTests
{
    [Fact]
    public void ASiloThatIsToldSeveralTimesThatItIsDead_EndsOnce_WithOneLineInTheLog()
    {
        var ends = new List<int>();
        using var log = new LogLines();
        using var loggers = new LoggerFactory([log]);
        var silo = new EvictedSilo(ends.Add, loggers.CreateLogger<EvictedSilo>());

        silo.OnFatalException(this, "I have been told I am dead.", null);
        silo.OnFatalException(this, "I have been told I am dead.", new InvalidOperationException("again"));

        ends.ShouldBe([70]);
        log.Written.ShouldHaveSingleItem()
            .Text.ShouldBe(
                "This silo cannot go on and ends with exit code 70; it may be started again at once. "
                    + "I have been told I am dead."
            );
    }
}
