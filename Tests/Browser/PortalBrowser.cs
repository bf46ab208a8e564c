using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Senders.Intake;
using EcosystemSilo.Tests.Fetching;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Browser;

/// <summary>
/// The gateway's process with its portal, a webhook source, and a Chromium to look at it. Shared by the stories.
/// </summary>
public sealed class PortalBrowser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private SourceAddress? _source;
    private int _numbers;

    public GatewayProcess Gateway { get; } = new();

    /// <summary>A client of the REST API that may do everything.</summary>
    public HttpClient Api { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var page = Path.Combine(Path.GetDirectoryName(GatewayProcess.Program)!, "wwwroot", "index.html");
        File.Exists(page)
            .ShouldBeTrue(
                $"The portal was not built, {page} is missing. Install Node.js 20.19 or newer and build again."
            );
        var chromium = FindChromium();
        Gateway.Set("Fetching__AllowOtherAddresses", "true");
        Gateway.Set("Outbound__AllowedNetworks", VendorServer.Network);
        await Gateway.Start();
        Api = Gateway.Client();
        _source = await Gateway.CreateSource("standard-webhooks");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = chromium,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        _playwright?.Dispose();
        Api?.Dispose();
        await Gateway.DisposeAsync();
    }

    /// <summary>A person's window: its own cookies and storage, signed in unless told otherwise.</summary>
    public async Task<Visit> Open(int width = 1440, int height = 900, bool dark = false, bool signedIn = true)
    {
        var context = await _browser!.NewContextAsync(
            new()
            {
                BaseURL = Gateway.Url,
                ViewportSize = new() { Width = width, Height = height },
                ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
                Locale = "en-GB",
                TimezoneId = "UTC",
            }
        );
        context.SetDefaultTimeout(10_000);
        var visit = new Visit(context, await context.NewPageAsync(), Gateway.Url);
        if (signedIn)
        {
            await visit.SignIn(GatewayProcess.BootstrapKey);
        }

        return visit;
    }

    /// <summary>A word that no other test uses, for ids and names.</summary>
    public string Fresh(string word) => $"{word}-{Interlocked.Increment(ref _numbers)}";

    /// <summary>Sends a signed webhook and returns when its 2xx had been read, in milliseconds since 1970.</summary>
    /// <param name="id">The sender's id of the event; null for a fresh one.</param>
    public async Task<double> SendWebhook(string type, string data, string? id = null)
    {
        var body = $$"""{"type":"{{type}}","timestamp":"2026-11-21T12:00:00Z","data":{{data}}}""";
        using var request = _source!.Sign(id ?? Fresh("browser"), body);
        using var answer = await Api.SendAsync(request);
        var at = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{type} was answered {(int)answer.StatusCode}: {text}");
        return at;
    }

    /// <summary>The dead letter that an event of the sender's is, if it is one.</summary>
    public DeliveryId LetterOf(string id) => DeliveryIds.Of(new SourceId(_source!.Id), id);

    public Task<double> RegisterPartner(string id, string name, string category = "medical-device") =>
        SendWebhook("partner.registered", $$"""{"partner":"{{id}}","name":"{{name}}","category":"{{category}}"}""");

    /// <summary>Posts to the REST API and returns when its 2xx had been read, in milliseconds since 1970.</summary>
    public async Task<double> Post(string path)
    {
        using var answer = await Api.PostAsync(path, content: null);
        var at = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"POST {path} was answered {(int)answer.StatusCode}: {text}");
        return at;
    }

    private static string FindChromium()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Prepend("/usr/bin");
        return folders
                .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }, Path.Combine)
                .FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                "These tests need Chromium, and none was found: apt-get install chromium"
            );
    }
}

/// <summary>The stories in the browser share one gateway and run alone, because some of them measure time.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class BrowserCollection : ICollectionFixture<PortalBrowser>;
