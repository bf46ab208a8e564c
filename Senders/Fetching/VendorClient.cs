using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Json;
using EcosystemSilo.Senders.Outbound;
using EcosystemSilo.Senders.Payloads;
using Microsoft.AspNetCore.Http;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace EcosystemSilo.Senders.Fetching;

/// <summary>What a sender answered, or why it did not.</summary>
/// <param name="Hash">SHA-256 of the body.</param>
/// <param name="Status">Of HTTP; null when there was no answer.</param>
/// <param name="Reason">A short word of what is wrong; null when nothing is.</param>
internal sealed record VendorAnswer(
    Answered Meaning,
    JsonElement Body = default,
    byte[]? Hash = null,
    string? Reason = null,
    int? RetryAfterSeconds = null,
    int? Status = null
)
{
    public FetchResult ToResult() =>
        new(
            Meaning switch
            {
                Answered.Well => FetchOutcome.Done,
                Answered.Unauthorised => FetchOutcome.Unauthorised,
                Answered.Throttled => FetchOutcome.Throttled,
                Answered.Refused => FetchOutcome.Impossible,
                _ => FetchOutcome.Failed,
            },
            Reason,
            RetryAfterSeconds
        );
}

/// <summary>
/// The clients of all sources. Each source is an application of its own at the sender, with its own quota.
/// </summary>
internal sealed class VendorClients(VendorHttp http, TimeProvider clock)
{
    private readonly ConcurrentDictionary<(GrainKey Source, string Address), VendorClient> _clients = [];

    public VendorClient Of(GrainKey source, IVendorApi api, string? address)
    {
        if (_clients.Count >= FetchLimits.SourcesMax)
        {
            _clients.Clear();
        }

        return _clients.GetOrAdd(
            (source, address ?? api.Address),
            _ => new VendorClient(api, address is null ? null : new Uri(address.TrimEnd('/') + "/"), http, clock)
        );
    }
}

/// <summary>
/// Asks one sender for one source: within its quota, again after faults of a moment, and not at all for a while when
/// most of what is asked fails. It never throws for what the sender does.
/// </summary>
internal sealed class VendorClient
{
    private readonly IVendorApi _api;
    private readonly Uri _address;
    private readonly Uri _tokenAddress;
    private readonly VendorHttp _http;
    private readonly TimeProvider _clock;
    private readonly VendorQuotas _quotas;
    private readonly ResiliencePipeline<VendorAnswer> _pipeline;

    /// <param name="address">Null for the sender's own; any other takes the place of all of them.</param>
    public VendorClient(IVendorApi api, Uri? address, VendorHttp http, TimeProvider clock)
    {
        (_api, _http, _clock) = (api, http, clock);
        _address = address ?? new Uri(api.Address);
        _tokenAddress = address ?? new Uri(api.TokenAddress);
        _quotas = new VendorQuotas(api.Quota);
        var faults = new PredicateBuilder<VendorAnswer>()
            .Handle<HttpRequestException>(fault => Lasting(fault) is null)
            .Handle<TimeoutRejectedException>()
            .HandleResult(answer => answer.Meaning == Answered.Failed);
        _pipeline = new ResiliencePipelineBuilder<VendorAnswer> { TimeProvider = clock }
            .AddRetry(
                new RetryStrategyOptions<VendorAnswer>
                {
                    ShouldHandle = faults,
                    MaxRetryAttempts = FetchLimits.QuickRetries,
                    Delay = FetchLimits.QuickRetryPause,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                }
            )
            .AddCircuitBreaker(
                new CircuitBreakerStrategyOptions<VendorAnswer>
                {
                    ShouldHandle = faults,
                    FailureRatio = FetchLimits.BreakAt,
                    MinimumThroughput = FetchLimits.BreakAfter,
                    SamplingDuration = FetchLimits.BreakWindow,
                    BreakDuration = FetchLimits.BreakFor,
                }
            )
            .AddTimeout(FetchLimits.CallTimeout)
            .Build();
    }

    /// <param name="stream">In whose name; for quotas that each person has.</param>
    /// <param name="isPast">For a backfill, which may take a part of the quota only.</param>
    public async Task<VendorAnswer> Ask(
        GrainKey stream,
        VendorRequest request,
        string accessToken,
        bool isPast,
        CancellationToken cancellation
    )
    {
        if (ToAddress(request) is not { } address)
        {
            return new VendorAnswer(Answered.Refused, Reason: "address-not-of-sender");
        }

        try
        {
            return await _pipeline.ExecuteAsync(
                async over =>
                    _quotas.Take(stream, isPast) is { } wait
                        ? new VendorAnswer(Answered.Throttled, Reason: "quota", RetryAfterSeconds: ToSeconds(wait))
                        : await AskOnce(address, request, accessToken, over),
                cancellation
            );
        }
        catch (BrokenCircuitException broken)
        {
            return new VendorAnswer(
                Answered.Failed,
                Reason: "sender-failing",
                RetryAfterSeconds: ToSeconds(broken.RetryAfter)
            );
        }
        catch (TimeoutRejectedException)
        {
            return new VendorAnswer(Answered.Failed, Reason: "timeout");
        }
        catch (HttpRequestException fault)
        {
            return Lasting(fault) is { } reason
                ? new VendorAnswer(Answered.Refused, Reason: reason)
                : new VendorAnswer(Answered.Failed, Reason: "unreachable");
        }
    }

    private async Task<VendorAnswer> AskOnce(
        Uri address,
        VendorRequest request,
        string accessToken,
        CancellationToken cancellation
    )
    {
        using var message = ToMessage(address, request, accessToken);
        using var response = await _http.Client.SendAsync(message, cancellation);
        var status = (int)response.StatusCode;
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellation);
        var fault = StrictJson.Parse(bytes, out var body, FetchLimits.AnswerTokensMax);
        if (fault is not null && response.IsSuccessStatusCode && bytes.Length > 0)
        {
            return new VendorAnswer(Answered.Failed, Reason: "answer-malformed");
        }

        var meaning = _api.Judge(status, body);
        return meaning == Answered.Well
            ? new VendorAnswer(meaning, body, SHA256.HashData(bytes))
            : new VendorAnswer(
                meaning,
                body,
                Reason: Word(status, body),
                RetryAfterSeconds: RetryAfter(response),
                Status: status
            );
    }

    /// <summary>Null for an address that is not the sender's: a person's token goes nowhere else.</summary>
    private Uri? ToAddress(VendorRequest request)
    {
        var home = request.IsAnonymous ? _tokenAddress : _address;
        var isOfSender =
            Uri.TryCreate(home, request.Path, out var address)
            && (address.Scheme, address.Authority, address.UserInfo) == (home.Scheme, home.Authority, "");
        return isOfSender ? address : null;
    }

    private static HttpRequestMessage ToMessage(Uri address, VendorRequest request, string accessToken)
    {
        var message = new HttpRequestMessage(request.Method, address);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        message.Headers.Authorization =
            request.Basic is { } client ? new AuthenticationHeaderValue("Basic", ToBasic(client))
            : request.IsAnonymous ? null
            : new AuthenticationHeaderValue("Bearer", accessToken);
        message.Content = request.Form is null ? null : new FormUrlEncodedContent(request.Form);
        return message;
    }

    private static string ToBasic(VendorClientId client) =>
        Convert.ToBase64String(
            Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(client.Id)}:{Uri.EscapeDataString(client.Secret)}")
        );

    private int? RetryAfter(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter;
        return ToSeconds(asked?.Delta ?? (asked?.Date - _clock.GetUtcNow()));
    }

    private static int? ToSeconds(TimeSpan? wait) =>
        wait is { TotalSeconds: > 0 and < int.MaxValue } some ? (int)Math.Ceiling(some.TotalSeconds) : null;

    /// <summary>What would be the same another time; null for faults that may pass.</summary>
    private static string? Lasting(HttpRequestException fault) =>
        fault switch
        {
            { InnerException: AddressRefusedException } => "address-refused",
            { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => "answer-too-large",
            _ => null,
        };

    /// <summary>Withings has a status of its own.</summary>
    private static string Word(int status, JsonElement body)
    {
        var inside = status == StatusCodes.Status200OK ? new JsonPlace(body)["status"].Whole : null;
        return string.Create(CultureInfo.InvariantCulture, $"status-{inside ?? status}");
    }
}
