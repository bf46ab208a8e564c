using System.Text;
using EcosystemSilo.LoadTests.Processes;

namespace EcosystemSilo.LoadTests.Scenarios;

/// <summary>What portal and apps ask over REST, as ready-made requests.</summary>
internal static class RestTraffic
{
    public static readonly ReadOnlyMemory<byte> Created = "\"id\":"u8.ToArray();

    private static readonly byte[] BoardRequest = Get("/api/acme/board?kind=deals");

    /// <summary>The board of deals, compressed as a browser would have it.</summary>
    public static ReadOnlyMemory<byte> Board(int number) => BoardRequest;

    /// <summary>A partner that may have to be activated for it.</summary>
    public static ReadOnlyMemory<byte> Partner(string name) => Get($"/api/acme/partners/{name}");

    /// <summary>Registers partner number n of a run.</summary>
    public static ReadOnlyMemory<byte> RegisterPartner(string run, int number)
    {
        var body = $$"""{"name":"Clinic {{number}}","category":"medical-device"}""";
        return Encoding.ASCII.GetBytes(
            $"POST /api/acme/partners HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: {GatewayProcess.BootstrapKey}\r\n"
                + $"Idempotency-Key: {run}-{number}\r\nContent-Type: application/json\r\n"
                + $"Content-Length: {body.Length}\r\n\r\n{body}"
        );
    }

    private static byte[] Get(string path) =>
        Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: br, gzip\r\n"
                + $"X-Api-Key: {GatewayProcess.BootstrapKey}\r\n\r\n"
        );
}
