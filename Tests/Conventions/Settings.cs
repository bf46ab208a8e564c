using System.Reflection;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Senders;
using EcosystemSilo.Silo;

namespace EcosystemSilo.Tests.Conventions;

/// <summary>
/// A setting as its class declares it: the member's id in the documentation file, and its environment variable.
/// </summary>
internal sealed record Settings(string Member, string Variable)
{
    /// <summary>All public properties of classes named …Options that name their section.</summary>
    public static IEnumerable<Settings> All() =>
        from assembly in new[] { typeof(SendersSetup), typeof(SiloOptions), typeof(Edge) }.Select(t => t.Assembly)
        from type in assembly.GetTypes()
        where type.Name.EndsWith("Options", StringComparison.Ordinal)
        let section = type.GetField("Section")?.GetRawConstantValue() as string
        where section is not null
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.CanWrite
        select new Settings($"P:{type.FullName}.{property.Name}", $"{section}__{property.Name}");
}
