using System.Text.Json.Serialization;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Grains.Interfaces.CustomerPrograms;

/// <summary>For whom a program is run.</summary>
public enum ProgramType
{
    /// <summary>For the employees of a company.</summary>
    [JsonStringEnumMemberName("employer-wellness")]
    EmployerWellness,

    /// <summary>For the insured of an insurance company.</summary>
    [JsonStringEnumMemberName("insurer-prevention")]
    InsurerPrevention,

    /// <summary>For patients whom a health system refers.</summary>
    [JsonStringEnumMemberName("health-system-referral")]
    HealthSystemReferral,

    /// <summary>For the participants of a study.</summary>
    [JsonStringEnumMemberName("clinical-study")]
    ClinicalStudy,

    /// <summary>For whoever uses a platform, such as Apple Health; nobody stands between.</summary>
    [JsonStringEnumMemberName("consumer-wellness")]
    ConsumerWellness,
}

/// <summary>Who may take part. What is null is not asked.</summary>
/// <param name="Text">The rule in words, for what a person judges.</param>
/// <param name="EmailDomain">The registrable domain that the e-mail address must belong to: <c>stmary.org</c>.</param>
/// <param name="AgeMin">Full years on the day of enrolment (UTC).</param>
public sealed record Eligibility(string? Text = null, string? EmailDomain = null, int? AgeMin = null);

/// <summary>What the program is to reach.</summary>
/// <param name="Daily">What one participant is to reach on a day, at least, in the measure's canonical unit.</param>
/// <param name="ActivePercent">Share of the participants who are to be active, 0 to 100.</param>
public sealed record ProgramGoals(IReadOnlyDictionary<Measure, int> Daily, int? ActivePercent = null)
{
    public static ProgramGoals None { get; } = new(new Dictionary<Measure, int>());
}
