using EcosystemSilo.LoadTests.Processes;
using Xunit;

// One server for the whole run; each test that needs one asks it for a database of its own.
[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace EcosystemSilo.Tests.Support;
