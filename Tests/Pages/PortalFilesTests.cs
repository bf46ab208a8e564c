using EcosystemSilo.Gateway.Pages;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Pages;

public sealed class PortalFilesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("portal-files").FullName;

    public PortalFilesTests()
    {
        Directory.CreateDirectory(Path.Combine(_root, "assets"));
        foreach (var name in (string[])["index.html", "index.html.br", "icon.svg", "assets/a.js", "assets/a.js.gz"])
        {
            File.WriteAllText(Path.Combine(_root, name), name);
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("/")]
    [InlineData("/acme/board/partners")]
    [InlineData("/acme/deals/an.id.with.dots")]
    [InlineData("/../../etc/passwd")]
    public void AnAddressThatIsNoFile_GetsThePage(string path) =>
        new PortalFiles(_root).Find(path, "")!.Name.ShouldBe("/index.html");

    [Fact]
    public void AMissingAsset_IsNotThePage() => new PortalFiles(_root).Find("/assets/old.js", "").ShouldBeNull();

    [Theory]
    [InlineData("/", "gzip, br", "br")]
    [InlineData("/", "br;q=0, gzip", null)]
    [InlineData("/", "", null)]
    [InlineData("/assets/a.js", "br, gzip;q=0.5", "gzip")]
    [InlineData("/icon.svg", "br, gzip", null)]
    public void TheBestCopyTheBrowserTakes_IsSent(string path, string accepts, string? coding) =>
        new PortalFiles(_root).Find(path, accepts)!.Coding.ShouldBe(coding);

    [Fact]
    public void OnlyFilesNamedByTheirContent_AreImmutable()
    {
        var files = new PortalFiles(_root);
        files.Find("/assets/a.js", "")!.Immutable.ShouldBeTrue();
        files.Find("/", "")!.Immutable.ShouldBeFalse();
    }

    [Fact]
    public void WithoutABuild_ThereIsNothingToServe()
    {
        var files = new PortalFiles(Path.Combine(_root, "absent"));
        files.Built.ShouldBeFalse();
        files.Find("/", "").ShouldBeNull();
    }
}
