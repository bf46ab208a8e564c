using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Tests.Support;

/// <summary>One line of a log.</summary>
internal sealed record LogLine(string Category, LogLevel Level, int Id, string Text, Exception? Fault);

/// <summary>Keeps what is logged, for whoever looks it up.</summary>
internal sealed class LogLines : ILoggerProvider
{
    public ConcurrentQueue<LogLine> Written { get; } = new();

    public int Count(int id) => Written.Count(line => line.Id == id);

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
        // What was written stays for whoever looks it up.
    }

    private sealed class Category(LogLines lines, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => lines.Written.Enqueue(new LogLine(name, logLevel, eventId.Id, formatter(state, exception), exception));
    }
}
