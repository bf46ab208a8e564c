namespace EcosystemSilo.Tests.Webhooks.Senders;

/// <summary>
/// A delivery and a table of endings for every scheme. Shapes are the senders' own; values are made up.
/// </summary>
internal static class SenderSamples
{
    private const string NotFound = "404 webhook.signature-invalid";

    public static IReadOnlyList<SenderSample> All { get; } =
    [
        SenderSample.Bearer(
            "cloudevents",
            """{"specversion":"1.0","id":"e-1","source":"/crm","type":"invoice.paid","data":{"n":1}}"""
        ) with
        {
            Misshapen = "400 webhook.attribute-missing",
            Greetings =
            [
                new("OPTIONS", "", "200 -") { Headers = new() { ["WebHook-Request-Origin"] = "events.example" } },
                new("OPTIONS", "", "400 -") { Headers = new() { ["WebHook-Request-Origin"] = "<script>" } },
                new("GET", "", "405 webhook.method-not-allowed"),
            ],
        },
        SenderSample.Bearer(
            "dexcom",
            """{"recordType":"egv","userId":"u","records":[{"recordId":"r","systemTime":"2026-03-01T10:00:00Z","value":null}]}"""
        ) with
        {
            MisshapenBody = """{"records":{}}""",
        },
        SenderSample.Signed(
            "fitbit",
            """[{"collectionType":"sleep","date":"2026-03-02","ownerId":"9ZZ8YY","ownerType":"user","subscriptionId":"s"}]"""
        ) with
        {
            Valid = "204",
            Tampered = NotFound,
            Truncated = NotFound,
            WrongSecret = NotFound,
            Unproven = "404 webhook.signature-missing",
            Reserialised = NotFound,
            Settings = new() { ["verificationCode"] = "c0ffee-c0ffee-c0ffee" },
            Greetings =
            [
                new("GET", "?verify=c0ffee-c0ffee-c0ffee", "204 "),
                new("GET", "?verify=wrong", "404 webhook.address-unknown"),
                new("GET", "", "404 webhook.address-unknown"),
            ],
        },
        SenderSample.Signed("hubspot-v1", HubSpot),
        SenderSample.Signed("hubspot-v2", HubSpot),
        SenderSample.Timed("hubspot-v3", HubSpot),
        SenderSample.Timed(
            "oura",
            """{"event_type":"update","data_type":"daily_sleep","object_id":"a1","event_time":"2026-04-05T06:07:08+02:00","user_id":"o1"}"""
        ) with
        {
            Settings = new() { ["verificationToken"] = "a-token-of-ours-1" },
            Greetings =
            [
                new("GET", "?verification_token=a-token-of-ours-1&challenge=xYz-1", """200 {"challenge":"xYz-1"}"""),
                new("GET", "?verification_token=wrong&challenge=xYz-1", "401 webhook.handshake-refused"),
                new(
                    "GET",
                    "?verification_token=a-token-of-ours-1&challenge=%3Cscript%3E",
                    "400 webhook.handshake-refused"
                ),
                new("GET", "?verification_token=a-token-of-ours-1", "400 webhook.handshake-refused"),
                new("HEAD", "", "405 -"),
            ],
        },
        SenderSample.Signed(
            "polar",
            """{"event":"SLEEP","user_id":5,"date":"2026-01-02","timestamp":"2026-01-02T06:00:00Z","url":"https://polar.example"}"""
        ) with
        {
            Valid = "200",
            Greetings =
            [
                new("POST", "", "200 ")
                {
                    Body = """{"event":"PING"}""",
                    Headers = new() { ["Polar-Webhook-Event"] = "PING" },
                    IsProven = false,
                },
                new("POST", "", "401 webhook.signature-missing") { Body = """{"event":"PING"}""", IsProven = false },
                new("POST", "", "200 ") { Body = """{"event":"PING"}""" },
            ],
        },
        SenderSample.Timed(
            "standard-webhooks",
            """{"type":"invoice.paid","timestamp":"2026-11-21T12:00:00Z","data":{"invoice":"i-1"}}"""
        ),
        SenderSample.AtSecretAddress(
            "strava",
            """{"object_type":"activity","object_id":9,"aspect_type":"update","updates":{"private":"true"},"owner_id":3,"subscription_id":1,"event_time":1770000000}"""
        ) with
        {
            Settings = new() { ["verifyToken"] = "a-token-of-ours-2" },
            Greetings =
            [
                new(
                    "GET",
                    "?hub.mode=subscribe&hub.verify_token=a-token-of-ours-2&hub.challenge=15f7d1",
                    """200 {"hub.challenge":"15f7d1"}"""
                ),
                new(
                    "GET",
                    "?hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=15f7d1",
                    "403 webhook.handshake-refused"
                ),
                new(
                    "GET",
                    "?hub.mode=subscribe&hub.verify_token=a-token-of-ours-2&hub.challenge=%22%3E%3Cb%3E",
                    "400 webhook.handshake-refused"
                ),
                new("GET", "?hub.mode=subscribe", "404 webhook.address-unknown") { IsProven = false },
            ],
        },
        SenderSample.Timed(
            "stripe",
            """{"id":"evt_1","object":"event","created":1770000000,"type":"invoice.paid","data":{"object":{}},"livemode":false,"pending_webhooks":1}"""
        ),
        SenderSample.Signed(
            "suunto",
            """{"type":"SUUNTO_247_SLEEP_CREATED","username":"u","samples":[{"timestamp":"2026-01-02T03:04:05Z"}]}"""
        ) with
        {
            Valid = "200",
        },
        SenderSample.Timed(
            "whoop",
            """{"user_id":77,"id":"0b6f7a52-1111-4222-8333-444455556666","type":"recovery.updated","trace_id":"t-1"}"""
        ) with
        {
            Valid = "204",
        },
        SenderSample.Signed("whoop-partner", """{"event_type":"sleep.updated","resource_id":"r-1"}""") with
        {
            Valid = "204",
        },
        SenderSample.AtSecretAddress("withings", "userid=42&appli=1&startdate=1770000000&enddate=1770003600") with
        {
            Truncated = "- a form has no end: what is left is a form",
            Reserialised = "- a form has one spelling",
            MisshapenBody = "userid=42",
            Greetings =
            [
                new("HEAD", "", "200 "),
                new("GET", "", "200 "),
                new("POST", "", "200 ") { Body = "" },
                new("HEAD", "", "404 -") { IsProven = false },
            ],
        },
    ];

    private const string HubSpot =
        """[{"eventId":1,"subscriptionType":"contact.creation","objectId":1,"attemptNumber":0}]""";
}
