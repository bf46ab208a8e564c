using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Notifications;
using EcosystemSilo.Grains.Notifications;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Notifications;

public sealed class NotificationTests
{
    private static readonly DateTimeOffset Start = Story.Morning;
    private static readonly EndpointId Crm = new("crm");
    private static readonly SendNotification Send = new(
        Crm,
        new PublishedEventId("evt-7"),
        "deal.won",
        "deal/d-1",
        "{}"
    );
    private static readonly Story New = Story.Of(Notification.Kind, "crm.evt-7");
    private static readonly Story Pending = New.Given(Send);
    private static readonly Story Delivered = Pending.Given(new RecordAttempt(1, Answer(200)));
    private static readonly Story Failed = FailedAll();
    private static readonly Story Cancelled = Pending.Given(new CancelNotification());

    public static TheoryData<string, string, string, string, string, string> EveryCommand =>
        new()
        {
            // command, of nothing, pending, delivered, failed, cancelled
            { "send", "notification.created", "nothing", "nothing", "notification.requeued", "notification.requeued" },
            {
                "resend",
                "!not-found",
                "nothing",
                "notification.requeued",
                "notification.requeued",
                "notification.requeued"
            },
            { "record", "!not-found", "notification.delivered", "nothing", "nothing", "nothing" },
            { "cancel", "!not-found", "notification.cancelled", "nothing", "nothing", "nothing" },
        };

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public void EveryCommandInEveryStatus(
        string command,
        string ofNothing,
        string pending,
        string delivered,
        string failed,
        string cancelled
    )
    {
        ICommand asked = command switch
        {
            "send" => Send,
            "resend" => new ResendNotification(),
            "record" => new RecordAttempt(1, Answer(204)),
            _ => new CancelNotification(),
        };

        New.When(asked).ToString().ShouldBe(ofNothing);
        Pending.When(asked).ToString().ShouldBe(pending);
        Delivered.When(asked).ToString().ShouldBe(delivered);
        Failed.When(asked).ToString().ShouldBe(failed);
        Cancelled.When(asked).ToString().ShouldBe(cancelled);
    }

    [Fact]
    public void FailedAttempts_AreFollowedByOthersOnTheSchedule()
    {
        TimeSpan[] expected =
        [
            TimeSpan.FromSeconds(5),
            TimeSpan.FromMinutes(5),
            TimeSpan.FromMinutes(30),
            TimeSpan.FromHours(2),
            TimeSpan.FromHours(5),
            TimeSpan.FromHours(10),
            TimeSpan.FromHours(14),
            TimeSpan.FromHours(20),
            TimeSpan.FromHours(24),
        ];
        var (story, at) = (Pending, Start);
        for (var number = 1; number <= expected.Length; number++)
        {
            story = story.Given(new RecordAttempt(number, Answer(500) with { At = at }));
            var due = ((NotificationView)story.View!).DueAt.ShouldNotBeNull();
            ((due - at) / expected[number - 1]).ShouldBeInRange(0.8, 1.2);
            at = due;
        }

        story
            .When(new RecordAttempt(10, Answer(500) with { At = at }))
            .Then(new NotificationFailed(Crm, Answer(500) with { At = at }));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(null)]
    public void AnythingButA2xx_IsAFailure(int? status) =>
        Pending.When(new RecordAttempt(1, Answer(status))).ToString().ShouldBe("notification.attempt-failed");

    [Fact]
    public void Jitter_DiffersBetweenNotifications_AndIsTheSameForOne()
    {
        var first = Enumerable
            .Range(0, 50)
            .Select(number => RetrySchedule.Next(New.Key with { Id = $"crm.evt-{number}" }, 1, Answer(500)))
            .ToList();

        first.Distinct().Count().ShouldBeGreaterThan(45);
        RetrySchedule.Next(New.Key, 1, Answer(500)).ShouldBe(RetrySchedule.Next(New.Key, 1, Answer(500)));
    }

    [Theory]
    [InlineData(3_600, 3_600)]
    [InlineData(1_000_000, 86_400)]
    public void ARetryAfter_IsHonouredUpToADay(int asked, int granted) =>
        RetrySchedule
            .Next(New.Key, 1, Answer(429) with { RetryAfterSeconds = asked })
            .ShouldBe(Start.AddSeconds(granted));

    [Fact]
    public void AShortRetryAfter_DoesNotHurryTheSchedule() =>
        RetrySchedule
            .Next(New.Key, 2, Answer(429) with { RetryAfterSeconds = 1 })!
            .Value.ShouldBeGreaterThan(Start.AddMinutes(3));

    [Fact]
    public void AnAttemptThatIsNotTheNext_ChangesNothing()
    {
        Pending.When(new RecordAttempt(2, Answer(200))).ThenNothing();
        Pending.Given(new RecordAttempt(1, Answer(500))).When(new RecordAttempt(1, Answer(200))).ThenNothing();
    }

    [Fact]
    public void SendingAgain_BeginsANewRoundWithTheSameBody()
    {
        var again = Failed.After(TimeSpan.FromDays(7)).When(new ResendNotification()).Is<NotificationView>();

        again.Status.ShouldBe(NotificationStatus.Pending);
        (again.Round, again.Attempts, again.Body).ShouldBe((0, 10, "{}"));
        again.DueAt.ShouldBe(Start.AddDays(7));
    }

    private static Attempt Answer(int? status) =>
        new(Start, Milliseconds: 12, status, status is null ? "timeout" : null);

    private static Story FailedAll() =>
        Enumerable
            .Range(1, 10)
            .Aggregate(Pending, (story, number) => story.Given(new RecordAttempt(number, Answer(500))));
}
