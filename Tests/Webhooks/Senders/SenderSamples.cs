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
        SenderSample.Bearer("fhir", FhirR4) with
        {
            Valid = "200",
            Reserialised = "200",
            Greetings =
            [
                new("POST", "", "200 ") { Body = FhirR4.Replace("event-notification", "handshake") },
                new("POST", "", "200 ") { Body = FhirR5.Replace("event-notification", "heartbeat") },
                new("POST", "", "401 webhook.signature-missing")
                {
                    Body = FhirR4.Replace("event-notification", "handshake"),
                    IsProven = false,
                },
            ],
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
        SenderSample.AtSecretAddress(
            "garmin",
            """{"dailies":[{"userId":"g1","summaryId":"x1-d","calendarDate":"2026-02-01","steps":4200,"timeOffsetHeartRateSamples":{"0":58}}]}"""
        ) with
        {
            MisshapenBody = "[]",
        },
        SenderSample.Bearer(
            "google-health",
            """[{"data":{"version":"v4","healthUserId":"u1","dataType":"sleep","operation":"UPSERT","intervals":[]}}]"""
        ) with
        {
            Valid = "204",
            Reserialised = "204",
            Greetings =
            [
                new("POST", "", "200 ") { Body = """{"type":"verification"}""" },
                new("POST", "", "401 webhook.signature-missing")
                {
                    Body = """{"type":"verification"}""",
                    IsProven = false,
                },
            ],
        },
        SenderSample.Bearer(
            "health-auto-export",
            """{"data":{"metrics":[{"name":"step_count","units":"count","data":[{"date":"2026-01-02 03:04:00 +0100","qty":12}]}]}}"""
        ) with
        {
            MisshapenBody = "7",
        },
        SenderSample.Bearer(
            "health-connect",
            """{"timestamp":"2026-01-02T03:04:05Z","app_version":"1","steps":[{"count":1,"start_time":"2026-01-02T03:00:00Z"}]}"""
        ) with
        {
            MisshapenBody = "[]",
        },
        SenderSample.Bearer(
            "healthkit",
            """{"samples":[{"uuid":"u-1","type":"HKQuantityTypeIdentifierHeartRate","value":61,"unit":"count/min"}]}"""
        ) with
        {
            MisshapenBody = "[]",
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
        SenderSample.AtSecretAddress("salesforce", Salesforce) with
        {
            Valid = $"200 {SalesforceAck}",
            Truncated = "400 webhook.xml-malformed",
            Reserialised = "- XML is read by its elements: white space between them is nothing",
            MisshapenBody = """<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body/></Envelope>""",
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
            "terra",
            """{"type":"daily","version":"2022-03-16","user":{"user_id":"u","provider":"OURA"},"data":[{"distance_data":{"steps":4200}}]}"""
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

    internal const string FhirR4 =
        """{"resourceType":"Bundle","type":"history","entry":[{"resource":{"resourceType":"Parameters","parameter":[{"name":"subscription","valueReference":{"reference":"https://ehr.example/Subscription/s-1"}},{"name":"type","valueCode":"event-notification"},{"name":"events-since-subscription-start","valueString":"7"},{"name":"notification-event","part":[{"name":"event-number","valueString":"7"},{"name":"timestamp","valueInstant":"2026-05-29T11:44:13Z"},{"name":"focus","valueReference":{"reference":"https://ehr.example/Observation/o-1"}}]}]}},{"fullUrl":"https://ehr.example/Observation/o-1","resource":{"resourceType":"Observation","id":"o-1","status":"final"}}]}""";

    internal const string FhirR5 =
        """{"resourceType":"Bundle","type":"subscription-notification","entry":[{"resource":{"resourceType":"SubscriptionStatus","type":"event-notification","eventsSinceSubscriptionStart":7,"subscription":{"reference":"https://ehr.example/Subscription/s-1"},"notificationEvent":[{"eventNumber":"7","timestamp":"2026-05-29T11:44:13Z","focus":{"reference":"https://ehr.example/Observation/o-1"}}]}},{"resource":{"resourceType":"Observation","id":"o-1","status":"final"}}]}""";

    internal const string Salesforce =
        """<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><notifications xmlns="http://soap.sforce.com/2005/09/outbound"><OrganizationId>00D000000000001EAA</OrganizationId><ActionId>04k000000000001AAA</ActionId><SessionId>secret</SessionId><Notification><Id>04l000000000001AAA</Id><sObject xsi:type="sf:Opportunity" xmlns:sf="urn:sobject.enterprise.soap.sforce.com"><sf:Id>006000000000001AAA</sf:Id><sf:StageName>Closed Won</sf:StageName><sf:Amount xsi:nil="true"/></sObject></Notification></notifications></soapenv:Body></soapenv:Envelope>""";

    private const string SalesforceAck =
        """<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>""";

    private const string HubSpot =
        """[{"eventId":1,"subscriptionType":"contact.creation","objectId":1,"attemptNumber":0}]""";
}
