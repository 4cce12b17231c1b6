using Yaopai.Server.Credentials;
using Yaopai.Server.Storage.Sql;
using Yaopai.Server.Storage.Sql.Credentials;

namespace Yaopai.Tests.Storage;

public sealed class SqliteRequestIdStoreTests(OnSqlite engine) : RequestIdStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresRequestIdStoreTests(OnPostgres engine) : RequestIdStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class RequestIdStoreContract(Engine engine)
{
    private readonly SqlRequestIdStore _requests = new(engine.Database);
    private readonly NumberedRequest _request = new(Samples.NewId(), "r-1", [1, 2, 3], SubjectId: 7);

    [Fact]
    public async Task Of_ten_callers_with_one_request_only_one_gets_to_do_it()
    {
        var states = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => BeginAsync(_request)));

        Assert.Single(states, state => state.Progress is RequestProgress.Begun);
        Assert.Equal(9, states.Count(state => state.Progress is RequestProgress.Running));
    }

    [Fact]
    public async Task What_was_answered_is_answered_again()
    {
        await BeginAsync(_request);
        await _requests.AnswerAsync(_request.AppId, _request.RequestId, [9], default);

        var again = await BeginAsync(_request with { SubjectId = 8 });

        Assert.Equal((RequestProgress.Answered, 7L), (again.Progress, again.SubjectId));
        Assert.Equal([9], again.Answer!);
    }

    [Fact]
    public async Task An_id_with_other_content_is_refused_whether_answered_or_not()
    {
        await BeginAsync(_request);
        Assert.Equal(RequestProgress.OfOtherContent, (await BeginAsync(_request with { Content = [1] })).Progress);

        await _requests.AnswerAsync(_request.AppId, _request.RequestId, [9], default);
        Assert.Equal(RequestProgress.OfOtherContent, (await BeginAsync(_request with { Content = [1] })).Progress);
    }

    [Fact]
    public async Task An_id_is_the_apps_own()
    {
        await BeginAsync(_request);

        Assert.Equal(RequestProgress.Begun, (await BeginAsync(_request with { AppId = Samples.NewId(), Content = [1] })).Progress);
    }

    [Fact]
    public async Task What_was_begun_and_not_answered_is_taken_over_with_its_subject_when_its_time_is_up()
    {
        await BeginAsync(_request);
        Assert.Equal(RequestProgress.Running, (await BeginAsync(_request, Samples.Noon.AddSeconds(59))).Progress);

        var later = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ =>
            BeginAsync(_request with { SubjectId = 8 }, Samples.Noon.AddSeconds(60))));

        Assert.Equal(7, Assert.Single(later, state => state.Progress is RequestProgress.Begun).SubjectId);
    }

    [Fact]
    public async Task What_was_released_is_taken_over_at_once_and_what_was_forgotten_is_free()
    {
        await BeginAsync(_request);
        await _requests.ReleaseAsync(_request.AppId, _request.RequestId, default);
        Assert.Equal((RequestProgress.Begun, 7L), await ProgressAsync(_request with { SubjectId = 8 }));

        await _requests.ForgetAsync(_request.AppId, _request.RequestId, default);
        Assert.Equal((RequestProgress.Begun, 8L), await ProgressAsync(_request with { SubjectId = 8, Content = [4] }));
    }

    [Fact]
    public async Task What_is_over_leaves()
    {
        await BeginAsync(_request);
        await new SqlPurge(engine.Database).RunAsync(Samples.Noon.AddHours(2), default);

        Assert.Equal(RequestProgress.Begun, (await BeginAsync(_request with { Content = [4] })).Progress);
    }

    private async Task<(RequestProgress, long)> ProgressAsync(NumberedRequest request) =>
        await BeginAsync(request) is var state ? (state.Progress, state.SubjectId) : default;

    private Task<RequestState> BeginAsync(NumberedRequest request, DateTimeOffset? now = null)
    {
        var at = now ?? Samples.Noon;
        return _requests.BeginAsync(request, at, at.AddMinutes(1), Samples.Noon.AddHours(1), default);
    }
}
