using Yaopai.Server.Gateway;

namespace Yaopai.Tests.Surfaces.Contract;

/// <summary>Tables of mistakes, held against the rules that they break.</summary>
internal static class RuleTables
{
    /// <summary>Each rule is broken by a row, rules of one error by as many rows, and the rows stand in the order of the rules.</summary>
    /// <param name="mistakes">What the rows earn.</param>
    /// <param name="elsewhere">Errors that depend on more than one request, and have tests of their own.</param>
    public static void ShouldBreak<T>(this IEnumerable<string> mistakes, IEnumerable<Rule<T>> rules, params string[] elsewhere)
    {
        var expected = Runs(rules.Select(rule => rule.Error.Name).Where(name => !elsewhere.Contains(name)));
        var actual = Runs(mistakes);

        Assert.Equal(expected.Select(run => run.Name), actual.Select(run => run.Name));
        Assert.All(expected.Zip(actual), run => Assert.True(
            run.Second.Count >= run.First.Count,
            $"{run.First.Count} rules say {run.First.Name} one after the other, and {run.Second.Count} mistakes earn it."));
    }

    /// <summary>Of each rule a row, and of these every two that can be made at once:
    /// such a request earns the error of the earlier.</summary>
    /// <param name="rows">In the order of the rules.</param>
    /// <param name="parameter">What a row changes; two rows that change the same cannot be made at once.</param>
    /// <param name="error">What it earns.</param>
    public static IReadOnlyList<(T Earlier, T Later)> InPairs<T>(this IEnumerable<T> rows, Func<T, string> parameter, Func<T, string> error)
    {
        var firsts = new List<T>();
        foreach (var row in rows)
        {
            if (firsts.Count == 0 || parameter(firsts[^1]) != parameter(row) || error(firsts[^1]) != error(row))
                firsts.Add(row);
        }

        return
        [
            .. from earlier in Enumerable.Range(0, firsts.Count)
               from later in Enumerable.Range(earlier + 1, firsts.Count - earlier - 1)
               where parameter(firsts[earlier]) != parameter(firsts[later]) && error(firsts[earlier]) != error(firsts[later])
               select (firsts[earlier], firsts[later]),
        ];
    }

    /// <summary>A name, and how often it stands there one after the other.</summary>
    private static List<(string Name, int Count)> Runs(IEnumerable<string> names)
    {
        var runs = new List<(string Name, int Count)>();
        foreach (var name in names)
        {
            if (runs.Count > 0 && runs[^1].Name == name)
                runs[^1] = (name, runs[^1].Count + 1);
            else
                runs.Add((name, 1));
        }

        return runs;
    }
}
