using Yaopai.Tests.Http;
using E = Yaopai.Errors.WeLinkErrors;

namespace Yaopai.Tests.Surfaces.WeLink.Knowledge;

public sealed class BrokenStorageTests(KnowledgeScene scene) : IClassFixture<KnowledgeScene>
{
    [Fact]
    public async Task What_goes_wrong_in_the_server_is_said_in_the_numbers_of_the_part()
    {
        await scene.Engine.ExecuteAsync("DROP TABLE knowledge_component; DROP TABLE check_in");
        await (await scene.Caller.GetAsync("/api/knowledge/v1/component/list")).ShouldBeAsync(E.Knowledge.Internal);
        await (await scene.CallerOf(scene.Author).PostAsync("/api/attendance/v1/checkin", "{}")).ShouldBeAsync(E.Attendance.Internal);
    }
}
