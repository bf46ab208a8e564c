using System.Reflection;
using EcosystemSilo.Grains;
using EcosystemSilo.Silo.Activations;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Activations;

/// <summary>The one file of grain classes against the list of kinds.</summary>
public sealed class GrainClassTests
{
    private static readonly Type[] Classes =
    [
        .. typeof(GrainActivation)
            .Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false })
            .Where(type => type.IsAssignableTo(typeof(IGrainBase))),
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

    private static string NameOf(Type type)
    {
        var named = type.GetCustomAttribute<GrainTypeAttribute>().ShouldNotBeNull($"{type.Name} has no fixed name.");
        return named.GetGrainType(services: null!, type).ToString()!;
    }
}
