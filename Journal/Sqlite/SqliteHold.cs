namespace EcosystemSilo.Journal.Sqlite;

/// <summary>
/// A lock of the operating system on a file beside the database, and so none of SQLite's: backups and readers are not
/// kept off. It ends with the process, however that ends. The file stays, because one that is removed while another
/// process opens it would be locked twice.
/// </summary>
internal sealed class SqliteHold : IJournalHold
{
    /// <summary>Linux, macOS and Windows: the file is locked by another.</summary>
    private static readonly int[] LockedByAnother = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream file;
    private readonly TaskCompletionSource lost = new(Scheduling.Asynchronously);

    private SqliteHold(FileStream file) => this.file = file;

    public Task Lost => lost.Task;

    /// <summary>Null when others hold it.</summary>
    public static SqliteHold? TryTake(string path, HoldKind kind)
    {
        try
        {
            return new SqliteHold(
                kind == HoldKind.Alone
                    ? new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)
                    : new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read)
            );
        }
        catch (IOException fault) when (LockedByAnother.Contains(fault.HResult))
        {
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new JournalUnavailableException($"The file {path} cannot be locked: {fault.Message}", fault);
        }
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
