namespace EcosystemSilo.Tests.Simulation.Judging;

/// <summary>
/// Promise 4: every place that a program gave became an enrolment, and every one that was left came back.
/// </summary>
internal sealed partial class Judgement
{
    private void JudgePrograms()
    {
        foreach (var (grain, program) in _programs)
        {
            var prefix = $"{grain.Replace("/program/", "/enrolment/", StringComparison.Ordinal)}~";
            var enrolments = Rows.Where(row =>
                    row.Grain.StartsWith(prefix, StringComparison.Ordinal) && !IsOfPause(row)
                )
                .ToList();
            JudgePlaces(program, enrolments);
            var leaving = enrolments.Where(row => row.Name is not "enrolment.started").Select(Leaving);
            var back = program.Returned.Select(row => $"{row.Text("person")} {row.TextOrNull("invitation")}");
            JudgeSame($"places of {grain} that", leaving, "came back", back);
            var active = enrolments
                .GroupBy(row => row.Grain)
                .Count(rows => rows.Last(row => row.Name is not "enrolment.repeated").Name is "enrolment.started");
            if (active != program.Enrolled)
            {
                _report($"promise 4: {grain} counts {program.Enrolled} people, and {active} are enrolled");
            }
        }
    }

    private void JudgePlaces(FoldedProgram program, List<JournalRow> enrolments)
    {
        var given = program.Places.Select(row => $"{row.Text("person")} {row.Data.GetProperty("number")}");
        var taken = enrolments
            .Where(row => row.Name is "enrolment.started" or "enrolment.repeated")
            .Select(row => $"{row.Text("person")} {row.Data.GetProperty("number")}");
        JudgeSame($"places of {program.First.Grain} that were given", given, "became enrolments", taken);
    }

    private static string Leaving(JournalRow row) =>
        row.Name is "enrolment.repeated" ? $"{row.Text("person")} {row.Text("invitation")}" : $"{row.Text("person")} ";

    private void JudgeSame(string what, IEnumerable<string> caused, string became, IEnumerable<string> followed)
    {
        var (expected, actual) = (
            caused.Order(StringComparer.Ordinal).ToList(),
            followed.Order(StringComparer.Ordinal).ToList()
        );
        if (!expected.SequenceEqual(actual, StringComparer.Ordinal))
        {
            _report(
                $"promise 4: {what} were left: {string.Join(", ", expected)}; of them {became}: {string.Join(", ", actual)}"
            );
        }
    }
}
