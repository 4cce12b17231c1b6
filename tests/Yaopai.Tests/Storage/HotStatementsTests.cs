using Yaopai.Server.Storage.Hot;

namespace Yaopai.Tests.Storage;

public sealed class HotStatementsTests
{
    [Fact]
    public void Every_hot_statement_is_listed_and_so_has_its_group_on_PostgreSQL() => Assert.Equal(
        typeof(HotStatement).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(HotStatement)) && !type.IsAbstract)
            .OrderBy(type => type.Name),
        HotStatements.All.Select(statement => statement.GetType()).OrderBy(type => type.Name));
}
