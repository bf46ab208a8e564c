using System.CommandLine;

namespace EcosystemSilo.LoadTests.Baselines;

internal static class BaselineCommand
{
    public static Command Create()
    {
        var peer = new Argument<string>("peer")
        {
            Description = "none stores nothing; crud stores as one would first.",
        };
        peer.AcceptOnlyFromAmong("none", "crud");
        var database = new Option<string>("--database")
        {
            Description = "crud's PostgreSQL, as an Npgsql connection string.",
        };
        var command = new Command("baseline", "Serves webhooks as a peer of the product, at ASPNETCORE_URLS.")
        {
            peer,
            database,
        };
        command.SetAction(parsed =>
            parsed.GetValue(peer) == "none"
                ? NonePeer.Run()
                : CrudPeer.Run(
                    parsed.GetValue(database)
                        ?? throw new InvalidOperationException("crud needs --database; see --help.")
                )
        );
        return command;
    }
}
