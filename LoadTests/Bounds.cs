using System.CommandLine;

namespace EcosystemSilo.LoadTests;

/// <summary>Refuses numbers on the command line that are out of bounds, in the same words for all.</summary>
internal static class Bounds
{
    public static void Set<T>(Option<T> option, T least, T most)
        where T : struct, IComparable<T> =>
        option.Validators.Add(result =>
        {
            var value = result.GetValueOrDefault<T>();
            if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            {
                result.AddError($"{option.Name} must be {least} to {most}, it is {value}.");
            }
        });
}
