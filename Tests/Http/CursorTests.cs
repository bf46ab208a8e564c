using System.Buffers.Text;
using EcosystemSilo.Gateway.Http;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Http;

public sealed class CursorTests
{
    private readonly Cursors _cursors = new("secret");

    [Fact]
    public void ACursor_OpensForItsListOnly()
    {
        var cursor = _cursors.Seal("/api/acme/partners?phase=launch", "41");

        _cursors.Open("/api/acme/partners?phase=launch", cursor).ShouldBe("41");
        _cursors.Open("/api/acme/partners?", cursor).ShouldBeNull();
        _cursors.Open("/api/purposeful-live/partners?phase=launch", cursor).ShouldBeNull();
    }

    [Fact]
    public void ACursorChangedAnywhere_IsRefused()
    {
        var cursor = _cursors.Seal("list", "41");
        for (var at = 0; at < cursor.Length; at++)
        {
            foreach (var letter in "A9-_")
            {
                var changed = cursor[..at] + letter + cursor[(at + 1)..];
                _cursors.Open("list", changed).ShouldBe(changed == cursor ? "41" : null, changed);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("NDE")]
    [InlineData("not base64!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    public void AMadeUpCursor_IsRefused(string cursor) => _cursors.Open("list", cursor).ShouldBeNull();

    [Fact]
    public void ACursorWithItsSignatureRepeatedOrPadded_IsRefused()
    {
        var cursor = _cursors.Seal("list", "41");
        _cursors.Open("list", cursor + cursor).ShouldBeNull();
        _cursors.Open("list", cursor + "=").ShouldBeNull();
        _cursors.Open("list", " " + cursor).ShouldBeNull();
        _cursors.Open("list", new string('A', 10_000)).ShouldBeNull();
    }

    [Fact]
    public void AnotherProcessesCursor_NeedsTheSameSecret()
    {
        var cursor = new Cursors("one").Seal("list", "41");
        new Cursors("one").Open("list", cursor).ShouldBe("41");
        new Cursors("two").Open("list", cursor).ShouldBeNull();
        Base64Url.IsValid(cursor).ShouldBeTrue();
    }
}
