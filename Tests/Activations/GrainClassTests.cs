using System.Reflection;
using EcosystemSilo.Grains;
using EcosystemSilo.Silo.Activations;
using EcosystemSilo.Silo.EventHubs;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Silo.Operations;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Activations;

/// <summary>The one file of grain classes against the list of kinds.</summary>
public sealed class GrainClassTests
{
    /// <summary>What processes ask of each other, and streams of them; nothing that anybody keeps.</summary>
    private static readonly Type[] OfNoKind = [typeof(ReachGrain), typeof(OperationsDesk), typeof(HubGrain)];

    private static readonly Type[] Classes =
    [
        .. typeof(GrainActivation)
            .Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false })
            .Where(type => type.IsAssignableTo(typeof(IGrainBase)))
            .Except(OfNoKind),
    ];

    [Fact]
    public void EveryKind_HasItsClass_AndEveryClassItsKind() =>
        Classes.Select(NameOf).ShouldBe(GrainKinds.All.Select(kind => kind.Name), ignoreOrder: true);

    [Fact]
    public void KindsThatAreNotKept_ShareActivations() =>
        Classes
            .Where(type => type.IsAssignableTo(typeof(SharedActivation)))
            .Select(NameOf)
            .ShouldBe(GrainKinds.All.Where(kind => !kind.IsKept).Select(kind => kind.Name), ignoreOrder: true);

    /// <summary>
    /// The names go between processes of different builds: one may be added, and none is ever changed or taken away.
    /// </summary>
    [Fact]
    public void GrainTypesAndTheirInterface_HaveTheNamesThatTheyWillAlwaysHave()
    {
        const string Names =
            "account api-key blueprint deal delivery endpoint enrolment notification partner person program source"
            + " source-user stream";
        Classes.Select(NameOf).ShouldBe(Names.Split(' '), ignoreOrder: true);
        OfNoKind.Select(NameOf).ShouldBe(["ecosystemsilo.reach", "operations-desk", "event-hub-consumer"]);

        NamesOf(typeof(IGrainCalls)).ShouldBe(["ecosystemsilo.grain", "ask", "deactivate", "read"]);
        NamesOf(typeof(IReachGrain)).ShouldBe(["ecosystemsilo.reach", "reaches"]);
        NamesOf(typeof(IOperationsDesk)).ShouldBe(["ecosystemsilo.operations", "log", "look"]);
    }

    private static IEnumerable<string> NamesOf(Type calls)
    {
        var named = calls.GetCustomAttribute<GrainInterfaceTypeAttribute>().ShouldNotBeNull();
        var name = named.GetGrainInterfaceType(services: null!, calls).ToString()!;
        calls.GetCustomAttribute<AliasAttribute>().ShouldNotBeNull().Alias.ShouldBe(name);
        return calls
            .GetMethods()
            .Select(method => method.GetCustomAttribute<AliasAttribute>().ShouldNotBeNull().Alias)
            .Order(StringComparer.Ordinal)
            .Prepend(name);
    }

    private static string NameOf(Type type)
    {
        var named = type.GetCustomAttribute<GrainTypeAttribute>().ShouldNotBeNull($"{type.Name} has no fixed name.");
        return named.GetGrainType(services: null!, type).ToString()!;
    }
}
