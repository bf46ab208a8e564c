namespace EcosystemSilo.Silo.Operations;

/// <summary>The bounds of what operators see and do, each with the reason for its size.</summary>
internal static class OperationsLimits
{
    /// <summary>
    /// How long a silo or the journal may take to answer an operator. Who takes longer is in trouble, which is what the
    /// operator wants to know at once.
    /// </summary>
    public static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a silo may take to ask all others, <see cref="AnswerMax"/> each at the same time, when the machine is
    /// busy, too. Orleans takes it as text.
    /// </summary>
    public const string RoundMax = "00:00:04";

    /// <inheritdoc cref="RoundMax"/>
    public static readonly TimeSpan RoundTime = TimeSpan.Parse(
        RoundMax,
        System.Globalization.CultureInfo.InvariantCulture
    );

    /// <summary>
    /// Times that a gateway has all silos asked at once, by one silo after the other: when those that hang are among
    /// them, another answers.
    /// </summary>
    public const int RoundsAtOnce = 4;

    /// <summary>
    /// Names that a gateway asks by. Each leads to one silo for as long as that lives, so they are many; and so few
    /// that what answers to them takes no room.
    /// </summary>
    public const int Desks = 256;

    /// <summary>One step of what is measured: short enough to see a hiccup, long enough for a p99.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    /// <summary>Ten minutes: what somebody wants to see who comes when it has begun.</summary>
    public const int StepsKept = 120;

    /// <summary>Steps that "now" is made of: a minute smooths what a step is too short for.</summary>
    public const int StepsOfNow = 12;

    /// <summary>After so long without anybody looking nothing is measured any more.</summary>
    public static readonly TimeSpan LookedAtFor = TimeSpan.FromMinutes(1);

    /// <summary>Categories with a log level of their own at the same time: more than a person keeps in mind.</summary>
    public const int LogCategoriesMax = 20;

    /// <summary>Silos that are shown, living ones first: a restart loop leaves thousands of dead ones a day.</summary>
    public const int SilosShownMax = 200;
}
