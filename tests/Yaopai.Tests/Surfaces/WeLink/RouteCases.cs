using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.WeLink.Knowledge;

namespace Yaopai.Tests.Surfaces.WeLink;

/// <summary>For every path of the surface the calls that name something by its id: one a text, with the ids as <c>$names</c>.
/// What begins with <c>my_</c> is the caller's own.</summary>
/// <remarks>A text is a query (?…), a JSON body ({…}), what stands in place of the path's star (*…), or one after the other.</remarks>
internal static class RouteCases
{
    private const string PersonInfo = """{"personInfo":[{"corpUserId":"$corpUserId","userNameCn":"x","remark":"x"}]}""";

    private const string Card = """
        "msgRange":0,"msgTitle":"t","msgContent":"c","urlType":"html","urlPath":"https://app.example/1","msgOwner":"d",
        "imageUrl":"https://app.example/1.png","news":[{"title":"t","newsUrl":"https://app.example/1"}]
        """;

    private const string Todo = """
        "taskTitle":"t","taskDesc":"d","userNameCn":"a","userNameEn":"a","detailsUrl":"https://app.example/1","appName":"a",
        "applicantUserNameCn":"b","applicantUserNameEn":"b","applicantId":"1","isMsg":1
        """;

    private const string Article = """
        "title":"t","contentType":"1","content":"c"
        """;

    private const string Mine = """
        "sourceName":"s","sourceArticleId":"$articleId","userId":"$my_userId"
        """;

    private const string Department = """
        "deptNameCn":"x","deptNameEn":"x","deptLevel":1,"valid":0,"orderNo":1,"visibleRange":1
        """;

    private static readonly string[] s_persons = ["?userId=$userId", "?corpUserId=$corpUserId", "?mobileNumber=$mobile",
        "?userId=$my_userId&corpUserId=$corpUserId", "?userId=$userId&tenantId=$my_tenantId"];

    private static readonly string[] s_personBodies =
    [
        """{"userId":"$userId"}""", """{"corpUserId":"$corpUserId"}""", """{"mobileNumber":"$mobile"}""",
        """{"userId":"$my_userId","corpUserId":"$corpUserId"}""",
    ];

    private static readonly string[] s_departments = ["?deptCode=$deptCode", "?deptCode=$deptCode&recursiveflag=1"];

    private static readonly string[] s_sends =
    [
        $$"""{{{Card}},"publicAccID":"$publicAccId","toUserList":["$my_userId"]}""",
        $$"""{{{Card}},"publicAccID":"$my_publicAccId","toUserList":["$userId"]}""",
        $$"""{{{Card}},"toUserList":["$userId"]}""",
        $$"""{{{Card}},"toUserList":["$my_userId","$userId"],"departmentList":["$deptCode"],"roleList":["$roleId"]}""",
        $$"""{{{Card}},"departmentList":["$deptCode"]}""",
        $$"""{{{Card}},"roleList":["$roleId"]}""",
    ];

    private static readonly string[] s_changes =
        ["""{"itemId":"$itemId","messageStatus":"x"}""", """{"itemId":"$itemId","messageStatus":"x","toUserList":["$userId"]}""",
            """{"itemId":"$my_itemId","messageStatus":"x","toUserList":["$userId"]}"""];

    private static readonly string[] s_todos =
    [
        $$"""{{{Todo}},"taskId":"$taskId","userId":"$userId","applicantUserId":"$userId"}""",
        $$"""{{{Todo}},"taskId":"$taskId","userId":"$my_userId","applicantUserId":"$userId"}""",
    ];

    private static readonly string[] s_finishes =
    [
        "?taskId=$taskId&userId=$userId&userNameCn=a&userNameEn=a", "?taskId=$taskId&userId=$my_userId&userNameCn=a&userNameEn=a",
        "?taskId=$my_taskId&userId=$userId&userNameCn=a&userNameEn=a",
    ];

    private static readonly string[] s_articles =
    [
        $$"""{{{Article}},"sourceName":"$source","sourceArticleId":"$articleId","userId":"$userId"}""",
        $$"""{{{Article}},"sourceName":"$source","sourceArticleId":"$articleId","corpUserId":"$corpUserId"}""",
        $$"""{{{Article}},"sourceName":"$source","sourceArticleId":"$articleId","userId":"$my_userId","corpUserId":"$corpUserId"}""",
        $$"""{{{Article}},{{Mine}},"permission":{"userIds":["$userId"]} }""",
        $$"""{{{Article}},{{Mine}},"permission":{"corpUserIds":["$corpUserId"]} }""",
        $$"""{{{Article}},{{Mine}},"permissionDeptCodes":["$deptCode"]}""",
        $$"""{{{Article}},{{Mine}},"permission":{"deptCodes":["$deptCode"]} }""",
        $$"""{{{Article}},{{Mine}},"uploadedDocumentIds":["$fileId"]}""",
        $$"""{{{Article}},{{Mine}},"documents":[{"name":"a","url":"$fileUrl","size":1}]}""",
        $$"""{{{Article}},{{Mine}},"componentName":"$component"}""",
        $$"""{{{Article}},{{Mine}},"cateName":"$category"}""",
        $$"""{{{Article}},"sourceName":"$source","sourceArticleId":"$articleId","userId":"$my_userId"}""",
    ];

    private static readonly string[] s_people =
    [
        PersonInfo, """{"personInfo":[{"corpUserId":"$my_corpUserId","mobileNumber":"$mobile"}]}""",
        """{"personInfo":[{"corpUserId":"$my_corpUserId","corpSecretary":"$corpUserId"}]}""",
    ];

    private static readonly string[] s_persons2 =
    [
        """{"personInfos":[{"corpUserId":"$corpUserId","userNameCn":"x","remark":"x"}]}""",
        """{"personInfos":[{"userId":"$userId","userNameCn":"x","corpUserId":"$corpUserId"}]}""",
        """{"personInfos":[{"corpUserId":"$my_corpUserId","userNameCn":"x","deptCodes":["$deptCode"],"roleIds":["$roleId"]}]}""",
        """{"personInfos":[{"corpUserId":"$my_corpUserId","userNameCn":"x","corpDeptCodes":["$corpDeptCode"],"secretary":"$userId"}]}""",
        """{"personInfos":[{"userId":"$userId","mobileNumber":"+86-13900007777"}]}""",
        """{"personInfos":[{"corpUserId":"$my_corpUserId","mobileNumber":"$mobile"}]}""",
    ];

    private static readonly string[] s_depts =
    [
        """{"deptInfos":[{"corpDeptCode":"$corpDeptCode","deptNameCn":"x","corpParentCode":"0"}]}""",
        """{"deptInfos":[{"deptCode":"$deptCode","corpDeptCode":"$corpDeptCode","deptNameCn":"x"}]}""",
        """{"deptInfos":[{"corpDeptCode":"$my_corpDeptCode","corpParentCode":"$corpDeptCode","deptNameCn":"x","managerId":"$userId"}]}""",
        """{"deptInfos":[{"corpDeptCode":"$my_corpDeptCode","parentCode":"$deptCode","deptNameCn":"x"}]}""",
    ];

    private static readonly string[] s_picture = ["{}", """{"userId":"$userId","image":"$fileId"}"""];

    public static IReadOnlyDictionary<string, string[]> All { get; } = new Dictionary<string, string[]>
    {
        ["/api/auth/v2/tickets"] = ["""{"client_id":"$my_appId","client_secret":"$my_secret","tenant_id":"$tenantId"}"""],
        ["/api/auth/v1/tickets"] =
        [
            """{"type":"e","client_id":"$my_appId","client_secret":"$my_secret","tenant_id":"$tenantId"}""",
            """{"type":"u","client_id":"$my_appId","client_secret":"$my_secret","code":"$code"}""",
        ],
        ["/api/auth/v2/userid"] = ["?code=$code", "?code=$code&tenantId=$tenantId"],
        ["/api/auth/v1/userid"] = ["?userId=$userId", "?tenantId=$tenantId"],
        ["/api/weopen/v1/isadmin"] = ["?userId=$userId"],
        ["/sso/oauth2/authorize"] = ["?client_id=$my_appId&scope=backendlogin&response_type=code&tenant_id=$tenantId"],
        ["/sso/oauth2/sns_authorize"] = ["?client_id=$my_appId&scope=snsapi_login&response_type=code&tenant_id=$tenantId"],
        ["/connect/oauth2/sns_authorize"] = ["?client_id=$my_appId&scope=snsapi_login&response_type=code&tenant_id=$tenantId"],
        ["/api/oauth2/v1/token"] =
            ["""{"grant_type":"authorization_code","client_id":"$my_appId","client_secret":"$my_secret","code":"$code"}"""],
        ["/api/oauth2/v1/register"] = ["""{"appName":"","tenantId":"$tenantId"}"""],
        ["/api/auth/v1/jstickets"] = ["?tenantId=$tenantId"],
        ["/api/tenant/v1/tenants"] = ["?tenantId=$tenantId", "?tenant_id=$tenantId"],
        ["/api/contact/v1/users/bulk"] = s_people,
        ["/api/contact/v2/users/bulk"] = s_people,
        ["/api/contact/v1/users/update"] = s_people,
        ["/api/contact/v2/users/update"] = s_people,
        ["/api/contact/v1/users/status"] =
        [
            """{"personInfo":[{"corpUserId":"$corpUserId"}]}""", """{"personInfo":[{"mobileNumber":"$mobile"}]}""",
            """{"personInfo":[{"userEmail":"$mail"}]}""",
        ],
        ["/api/contact/v2/departments/bulk"] = Departments("$corpDeptCode", "$corpDeptCode"),
        ["/api/contact/v2/departments/update"] = Departments("$corpDeptCode", "$corpDeptCode"),
        ["/api/contact/v2/departments/status"] = ["""{"deptInfo":[{"corpDeptCode":"$corpDeptCode"}]}"""],
        ["/api/contact/v1/user/create"] =
        [
            """{"corpUserId":"$corpUserId","userNameCn":"x"}""",
            """{"corpUserId":"$new","userNameCn":"x","deptCodes":["$deptCode"]}""",
            """{"corpUserId":"$new","userNameCn":"x","roleIds":["$roleId"]}""",
        ],
        ["/api/contact/v1/user/update"] =
        [
            """{"corpUserId":"$corpUserId","userNameCn":"x"}""", """{"userId":"$userId","userNameCn":"x"}""",
            """{"corpUserId":"$my_corpUserId","deptCodes":["$deptCode"]}""", """{"corpUserId":"$my_corpUserId","roleIds":["$roleId"]}""",
            """{"corpUserId":"$my_corpUserId","secretary":"$userId"}""",
        ],
        ["/api/contact/v1/user/delete"] = ["""{"userId":"$userId"}""", """{"corpUserId":"$corpUserId"}"""],
        ["/api/contact/v1/user/batch/create"] = s_persons2,
        ["/api/contact/v1/user/batch/update"] = s_persons2,
        ["/api/contact/v1/user/batch/delete"] =
            ["""{"personInfos":[{"corpUserId":"$corpUserId"}]}""", """{"personInfos":[{"userId":"$userId"}]}"""],
        ["/api/contact/v1/user/batch/sync"] = s_persons2,
        ["/api/contact/v1/user/batch/updatemobile"] = s_persons2,
        ["/api/contact/v1/user/batch/updatecorpuid"] = s_persons2,
        ["/api/contact/v1/department/create"] =
        [
            """{"corpDeptCode":"$corpDeptCode","deptNameCn":"x","corpParentCode":"0"}""",
            """{"corpDeptCode":"$new","deptNameCn":"x","corpParentCode":"$corpDeptCode"}""",
            """{"corpDeptCode":"$new","deptNameCn":"x","parentCode":"$deptCode"}""",
        ],
        ["/api/contact/v1/department/update"] =
        [
            """{"corpDeptCode":"$corpDeptCode","deptNameCn":"x"}""", """{"deptCode":"$deptCode","deptNameCn":"x"}""",
            """{"deptCode":"$my_deptCode","parentCode":"$deptCode"}""",
        ],
        ["/api/contact/v1/department/delete"] = ["""{"corpDeptCode":"$corpDeptCode"}""", """{"deptCode":"$deptCode"}"""],
        ["/api/contact/v1/department/batch/create"] = s_depts,
        ["/api/contact/v2/department/batch/create"] = s_depts,
        ["/api/contact/v1/department/batch/update"] = s_depts,
        ["/api/contact/v2/department/batch/update"] = s_depts,
        ["/api/contact/v1/department/batch/delete"] = s_depts,
        ["/api/contact/v2/department/batch/delete"] = s_depts,
        ["/api/contact/v1/department/batch/sync"] = s_depts,
        ["/api/contact/v2/department/batch/sync"] = s_depts,
        ["/api/contact/v1/department/batch/updatecorpdept"] = s_depts,
        ["/api/contact/v2/department/batch/updatecorpdept"] = s_depts,
        ["/api/contact/v1/batch/result"] = ["?jobId=$jobId"],
        ["/api/messages/v1/send"] = s_sends,
        ["/api/messages/v2/send"] = s_sends,
        ["/api/messages/v3/send"] = s_sends,
        ["/api/messages/v1/card/common"] = s_sends,
        ["/api/messages/v2/card/common"] = s_sends,
        ["/api/messages/v1/card/wecode"] = s_sends,
        ["/api/messages/v1/image"] = s_sends,
        ["/api/messages/v1/news"] = s_sends,
        ["/api/messages/v1/update"] = s_changes,
        ["/api/messages/v1/recall"] = ["""{"itemId":"$itemId"}"""],
        ["/api/messages/v1/inbox"] = ["?before=$itemId&userId=$userId"],
        ["/api/todo/v1/addtask"] = s_todos,
        ["/api/todo/v2/addtask"] = s_todos,
        ["/api/todo/v3/addtask"] = s_todos,
        ["/api/todo/v1/updatetask"] = s_finishes,
        ["/api/todo/v2/updatetask"] = s_finishes,
        ["/api/todo/v1/deltask"] = ["?taskId=$taskId"],
        ["/api/todo/v1/tasks"] = ["?before=$uuid&userId=$userId"],
        ["/api/contact/v1/users"] = s_persons,
        ["/api/contact/v1/users/simple"] = s_persons,
        ["/api/contact/v1/users/email"] = s_persons,
        ["/api/contact/v3/users"] = s_personBodies,
        ["/api/contact/v3/users/simple"] = s_personBodies,
        ["/api/contact/v1/users/accounts"] =
            ["""{"corpUserId":["$corpUserId"]}""", """{"corpUserId":["$my_corpUserId","$corpUserId"]}"""],
        ["/api/contact/v1/user/users"] = s_departments,
        ["/api/contact/v2/user/users"] = s_departments,
        ["/api/contact/v2/user/userid"] = s_departments,
        ["/api/contact/v2/departments/list"] = s_departments,
        ["/api/contact/v3/departments/list"] = s_departments,
        ["/api/contact/v1/departments/*"] = ["*$deptCode"],
        ["/api/contact/v1/department/parent"] = s_departments,
        ["/api/contact/v1/user/parent"] = s_persons,
        ["/api/contact/v1/user/mobilenumber"] =
        [
            """{"userId":"$userId","mobileNumber":"+86-13900007777"}""",
            """{"corpUserId":"$corpUserId","mobileNumber":"+86-13900007777"}""",
            "?userId=$userId&mobileNumber=%2B86-13900007777", """{"userId":"$my_userId","mobileNumber":"$mobile"}""",
        ],
        ["/api/contact/v1/user/detail"] = s_personBodies,
        ["/api/contact/v2/user/detail"] = s_personBodies,
        ["/api/contact/v1/user/list"] = s_departments,
        ["/api/contact/v2/user/list"] = s_departments,
        ["/api/contact/v1/user/simplelist"] = s_departments,
        ["/api/contact/v2/department/detail"] = [.. s_departments, "?corpDeptCode=$corpDeptCode"],
        ["/api/contact/v2/department/list"] = [.. s_departments, "?corpDeptCode=$corpDeptCode"],
        ["/api/contact/v2/department/parent"] = ["""{"deptCode":"$deptCode"}""", """{"corpDeptCode":"$corpDeptCode"}"""],
        ["/api/contact/v1/rolegroup/create"] = ["""{"roleGroupNameCn":"$name","roleGroupId":"$groupId"}"""],
        ["/api/contact/v1/rolegroup/update"] = ["""{"roleGroupNameCn":"y","roleGroupId":"$groupId"}"""],
        ["/api/contact/v1/rolegroup/delete"] = ["""{"roleGroupId":"$groupId"}"""],
        ["/api/contact/v1/rolegroup/detail"] = ["?roleGroupId=$groupId"],
        ["/api/contact/v1/rolegroup/list"] = ["?roleGroupId=$groupId"],
        ["/api/contact/v1/rolegroup/simplelist"] = ["?roleGroupId=$groupId"],
        ["/api/contact/v1/role/create"] = ["""{"roleNameCn":"$name","roleGroupId":"$groupId"}"""],
        ["/api/contact/v1/role/update"] =
            ["""{"roleId":"$roleId","roleNameCn":"y"}""", """{"roleId":"$my_roleId","roleNameCn":"y","roleGroupId":"$groupId"}"""],
        ["/api/contact/v1/role/delete"] = ["""{"roleId":"$roleId"}"""],
        ["/api/contact/v1/role/detail"] = ["?roleId=$roleId"],
        ["/api/contact/v1/role/simplelist"] = ["?roleGroupId=$groupId"],
        ["/api/knowledge/v1/articles/add"] = s_articles,
        ["/api/knowledge/v2/articles/add"] = s_articles,
        ["/api/knowledge/v1/articles/update"] = s_articles,
        ["/api/knowledge/v2/articles/update"] = s_articles,
        ["/api/knowledge/v1/articles/delete"] = ["?sourceName=$source&sourceArticleId=$articleId"],
        ["/api/knowledge/v1/article/list"] = ["?componentId=$componentId"],
        ["/api/knowledge/v1/category/list"] = ["?componentId=$componentId"],
        ["/api/knowledge/v1/component/list"] = ["?componentId=$componentId"],
        ["/api/knowledge/v1/file/upload"] = ["?fileId=$fileId&name=a"],
        ["/api/knowledge/v1/file/update"] = ["?fileId=$fileId&name=a"],
        ["/api/knowledge/v1/file/delete"] = ["?fileId=$fileId"],
        ["/api/knowledge/v1/file/download"] = ["?fileId=$fileId"],
        ["/api/clouddrive/v1/files/preupload"] =
            ["""{"name":"a","size":1,"md5":"00000000000000000000000000000000","fileId":"$fileId"}"""],
        ["/api/clouddrive/v1/files/upload"] =
            ["?tenant=$tenantId&file_sn=$announcedId&key=x", "?tenant=$my_tenantId&file_sn=$announcedId&key=$key"],
        ["/api/attendance/v2/records"] = ["""{"userIdList":["$userId"],"dateFrom":"$from","dateTo":"$until"}"""],
        ["/api/attendance/v3/records"] = ["""{"userIdList":["$userId"],"startTime":"$from","endTime":"$until"}"""],
        ["/api/attendance/v1/checkin"] = ["""{"userId":"$userId","address":"x"}"""],
        ["/api/aiservice/v1/ocr/business-card"] = s_picture,
        ["/api/aiservice/v1/ocr/general-table"] = s_picture,
        ["/api/aiservice/v1/ocr/web-image"] = s_picture,
        ["/api/aiservice/v1/ocr/id-card"] = s_picture,
        ["/api/aiservice/v1/ocr/auto-classification"] = s_picture,
        ["/api/aiservice/v2/frs/face-detect"] = s_picture,
        ["/api/aiservice/v2/frs/face-compare"] = s_picture,
        ["/api/tenant/v1/market/tenant"] = ["?instanceId=$instanceId", """?instanceId=$instanceId&tenantId=$my_tenantId"""],
        ["/api/market/v1/callback/*"] = ["*$my_appId?activity=releaseInstance&instanceId=$instanceId&timeStamp=1&authToken=x"],
    };

    /// <summary>A call, with its ids in their places.</summary>
    public static async Task<HttpResponseMessage> SendAsync(
        TestServer server, WeLinkCaller caller, string method, string path, string text, IReadOnlyDictionary<string, string> ids)
    {
        var brace = text.IndexOf('{', StringComparison.Ordinal);
        var (address, body) = brace < 0 ? (text, null) : (text[..brace], text[brace..]);
        var query = address.IndexOf('?', StringComparison.Ordinal);
        var (star, parameters) = query < 0 ? (address, "") : (address[..query], address[query..]);
        var target = (star is "" ? path : path.TrimEnd('*') + In(star[1..], escape: true)) + In(parameters, escape: true);
        if (path.EndsWith("/file/upload", StringComparison.Ordinal) || path.EndsWith("/file/update", StringComparison.Ordinal))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, WeLinkCaller.Root + path)
            {
                Content = KnowledgeScene.Form("text"u8.ToArray(), "a.txt", ("fileId", ids["fileId"])),
            };
            request.Headers.TryAddWithoutValidation("x-wlk-Authorization", caller.Token);
            return await server.Http.SendAsync(request);
        }

        return await caller.SendAsync(new HttpMethod(method), target, body is null ? null : In(body, escape: false));

        // the longest first: the name of one may be the beginning of another's
        string In(string template, bool escape) => ids.OrderByDescending(id => id.Key.Length).Aggregate(
            template,
            (done, id) => done.Replace("$" + id.Key, escape ? Uri.EscapeDataString(id.Value) : id.Value, StringComparison.Ordinal));
    }

    private static string[] Departments(string id, string parent) =>
    [
        $$"""{"deptInfo":[{"corpDeptCode":"{{id}}","corpParentCode":"0",{{Department}} } ]}""",
        $$"""{"deptInfo":[{"corpDeptCode":"$new","corpParentCode":"{{parent}}",{{Department}},"managerId":"$userId"}]}""",
    ];
}
