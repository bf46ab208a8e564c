using System.Collections.Concurrent;
using Microsoft.Playwright;
using Shouldly;

namespace EcosystemSilo.Tests.Browser;

/// <summary>
/// One person's window, which notes whatever a well-behaved portal never does: errors on the console, requests that
/// leave the origin, answers of 500 and above. <c>BROWSER_SCREENSHOTS</c> names a folder for pictures.
/// </summary>
public sealed class Visit(IBrowserContext context, IPage page, string origin) : IAsyncDisposable
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("BROWSER_SCREENSHOTS");

    private static readonly string[] Questions = ["/api/session", "/dev/token"];

    private readonly ConcurrentQueue<string> _complaints = Listen(context, page, origin);

    public IPage Page => page;

    public IBrowserContext Context => context;

    public ILocator Indicator => page.Locator("button[data-mode]");

    /// <summary>Signs in as a person does, through the form.</summary>
    public async Task SignIn(string key)
    {
        await page.GotoAsync("/");
        await page.GetByLabel("API key").First.FillAsync(key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Navigation).First.WaitForAsync();
    }

    /// <summary>Opens a board and waits until it is live.</summary>
    /// <param name="find">
    /// Shows only cards with this in their name. A story that awaits a card needs it: a column draws what is in sight,
    /// and other stories' older cards stand above.
    /// </param>
    public async Task OpenBoard(string kind = "partners", string find = "")
    {
        await page.GotoAsync($"/acme/board/{kind}?q={find}");
        await Live();
    }

    public Task Live() => Mode("live", 15_000);

    public Task Mode(string mode, int patienceMilliseconds) =>
        Assertions.Expect(Indicator).ToHaveAttributeAsync("data-mode", mode, new() { Timeout = patienceMilliseconds });

    /// <summary>
    /// The moment at which a card is first in a column, in milliseconds since 1970, as the page itself sees it change.
    /// Ask before the cause; the page looks from then on.
    /// </summary>
    public async Task<Arrival> Expect(string card, string column)
    {
        await page.EvaluateAsync(
            """
            ([card, column, name]) => {
              window[name] = new Promise((resolve) => {
                const look = () => {
                  const links = document.querySelectorAll(`section[aria-label="${column}"] [data-card-link]`);
                  if (![...links].some((link) => link.textContent === card)) return;
                  observer.disconnect();
                  resolve(Date.now());
                };
                const observer = new MutationObserver(look);
                observer.observe(document.body, { subtree: true, childList: true, characterData: true });
                look();
              });
            }
            """,
            new[] { card, column, $"arrival of {card} in {column}" }
        );
        return new Arrival(page, card, column);
    }

    /// <summary>The page's own time, in milliseconds since 1970.</summary>
    public Task<double> Now() => page.EvaluateAsync<double>("() => Date.now()");

    public async Task Picture(string name)
    {
        if (Pictures is not null)
        {
            var path = Path.Combine(Pictures, $"{name}.png");
            await page.ScreenshotAsync(new() { Path = path, Animations = ScreenshotAnimations.Disabled });
        }
    }

    /// <summary>An interruption on purpose is nothing to complain about.</summary>
    public void Forgive() => _complaints.Clear();

    public void ShouldBeClean() => _complaints.ShouldBeEmpty();

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private static ConcurrentQueue<string> Listen(IBrowserContext context, IPage page, string origin)
    {
        var complaints = new ConcurrentQueue<string>();
        page.Console += (_, message) =>
        {
            // Asking who is signed in, and whether this is Development, is answered 401 or 404 before anybody is, and
            // the browser prints that as an error.
            var isQuestion = Questions.Any(path => message.Location.Contains(path, StringComparison.Ordinal));
            if (message.Type is "error" or "warning" && !isQuestion)
            {
                complaints.Enqueue($"console {message.Type}: {message.Text} at {message.Location}");
            }
        };
        page.PageError += (_, error) => complaints.Enqueue($"script error: {error}");
        context.Request += (_, request) =>
        {
            if (
                !request.Url.StartsWith(origin, StringComparison.Ordinal)
                && !request.Url.StartsWith("blob:", StringComparison.Ordinal)
            )
            {
                complaints.Enqueue($"request to another origin: {request.Url}");
            }
        };
        page.WebSocket += (_, socket) =>
        {
            if (
                !socket.Url.StartsWith(origin.Replace("http", "ws", StringComparison.Ordinal), StringComparison.Ordinal)
            )
            {
                complaints.Enqueue($"socket to another origin: {socket.Url}");
            }
        };
        context.Response += (_, response) =>
        {
            if (response.Status >= 500)
            {
                complaints.Enqueue($"{response.Status} from {response.Url}");
            }
        };
        return complaints;
    }
}

/// <summary>A card that is awaited in a column.</summary>
public sealed class Arrival(IPage page, string card, string column)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long after a moment the card was there; a card that was faster than the answer took no time.
    /// </summary>
    public async Task<double> MillisecondsAfter(double moment) => Math.Max(0, await At() - moment);

    /// <summary>When the card was first there, in milliseconds since 1970, as soon as it is.</summary>
    public async Task<double> At()
    {
        try
        {
            return await page.EvaluateAsync<double>("name => window[name]", $"arrival of {card} in {column}")
                .WaitAsync(Patience, TimeProvider.System);
        }
        catch (TimeoutException late)
        {
            var shown = await page.Locator("main").InnerTextAsync();
            throw new TimeoutException(
                $"'{card}' did not come to {column} within {Patience}. The page shows:\n{shown}",
                late
            );
        }
    }
}
