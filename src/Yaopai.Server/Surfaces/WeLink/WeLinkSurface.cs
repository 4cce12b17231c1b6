using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.WeLink.Attendance;
using Yaopai.Server.Surfaces.WeLink.Auth;
using Yaopai.Server.Surfaces.WeLink.Contacts;
using Yaopai.Server.Surfaces.WeLink.Contacts.Changes;
using Yaopai.Server.Surfaces.WeLink.Marketplace;
using Yaopai.Server.Surfaces.WeLink.Messages;
using Yaopai.Server.Surfaces.WeLink.Recognition;
using Yaopai.Server.Surfaces.WeLink.Todos;
using Yaopai.Server.Surfaces.WeLink.Knowledge;

namespace Yaopai.Server.Surfaces.WeLink;

/// <summary>WeLink: an organisation's contacts, and what its apps do for its people.</summary>
internal sealed class WeLinkSurface : ISurface
{
    private static readonly SurfaceRoute[] s_paths =
    [
        SurfaceRoute.To<AppTicket>("/api/auth/v2/tickets"),
        SurfaceRoute.To<Ticket>("/api/auth/v1/tickets"),
        SurfaceRoute.To<UserIdByCode>("/api/auth/v2/userid"),
        SurfaceRoute.To<UserId>("/api/auth/v1/userid"),
        SurfaceRoute.To<IsAdmin>("/api/weopen/v1/isadmin"),
        SurfaceRoute.To<Authorize>("/sso/oauth2/authorize"),
        SurfaceRoute.To<Authorize>("/sso/oauth2/sns_authorize"),
        SurfaceRoute.To<Authorize>("/connect/oauth2/sns_authorize"),
        SurfaceRoute.To<Token>("/api/oauth2/v1/token"),
        SurfaceRoute.To<RegisterApp>("/api/oauth2/v1/register"),
        SurfaceRoute.To<JsTicket>("/api/auth/v1/jstickets"),
        SurfaceRoute.To<GetTenant>("/api/tenant/v1/tenants"),
        SurfaceRoute.To<BulkUsers>("/api/contact/v1/users/bulk"),
        SurfaceRoute.To<BulkUsersV2>("/api/contact/v2/users/bulk"),
        SurfaceRoute.To<UpdateUsers>("/api/contact/v1/users/update"),
        SurfaceRoute.To<UpdateUsers>("/api/contact/v2/users/update"),
        SurfaceRoute.To<UsersStatus>("/api/contact/v1/users/status"),
        SurfaceRoute.To<BulkDepartments>("/api/contact/v2/departments/bulk"),
        SurfaceRoute.To<UpdateDepartments>("/api/contact/v2/departments/update"),
        SurfaceRoute.To<DepartmentsStatus>("/api/contact/v2/departments/status"),
        SurfaceRoute.To<CreateUser>("/api/contact/v1/user/create"),
        SurfaceRoute.To<UpdateUser>("/api/contact/v1/user/update"),
        SurfaceRoute.To<DeleteUser>("/api/contact/v1/user/delete"),
        SurfaceRoute.To<CreateUsers>("/api/contact/v1/user/batch/create"),
        SurfaceRoute.To<ChangeUsers>("/api/contact/v1/user/batch/update"),
        SurfaceRoute.To<DeleteUsers>("/api/contact/v1/user/batch/delete"),
        SurfaceRoute.To<SyncUsers>("/api/contact/v1/user/batch/sync"),
        SurfaceRoute.To<ChangeMobiles>("/api/contact/v1/user/batch/updatemobile"),
        SurfaceRoute.To<ChangeCorpUserIds>("/api/contact/v1/user/batch/updatecorpuid"),
        SurfaceRoute.To<CreateDepartment>("/api/contact/v1/department/create"),
        SurfaceRoute.To<UpdateDepartment>("/api/contact/v1/department/update"),
        SurfaceRoute.To<DeleteDepartment>("/api/contact/v1/department/delete"),
        SurfaceRoute.To<CreateDepartments>("/api/contact/v1/department/batch/create"),
        SurfaceRoute.To<CreateDepartments>("/api/contact/v2/department/batch/create"),
        SurfaceRoute.To<ChangeDepartments>("/api/contact/v1/department/batch/update"),
        SurfaceRoute.To<ChangeDepartments>("/api/contact/v2/department/batch/update"),
        SurfaceRoute.To<DeleteDepartments>("/api/contact/v1/department/batch/delete"),
        SurfaceRoute.To<DeleteDepartments>("/api/contact/v2/department/batch/delete"),
        SurfaceRoute.To<SyncDepartments>("/api/contact/v1/department/batch/sync"),
        SurfaceRoute.To<SyncDepartments>("/api/contact/v2/department/batch/sync"),
        SurfaceRoute.To<ChangeCorpDeptCodes>("/api/contact/v1/department/batch/updatecorpdept"),
        SurfaceRoute.To<ChangeCorpDeptCodes>("/api/contact/v2/department/batch/updatecorpdept"),
        SurfaceRoute.To<BatchResult>("/api/contact/v1/batch/result"),
        SurfaceRoute.To<SendOfAccount>("/api/messages/v1/send"),
        SurfaceRoute.To<SendOfAccount>("/api/messages/v2/send"),
        SurfaceRoute.To<SendToUsers>("/api/messages/v3/send"),
        SurfaceRoute.To<SendCard>("/api/messages/v1/card/common"),
        SurfaceRoute.To<SendCard>("/api/messages/v2/card/common"),
        SurfaceRoute.To<SendAppCard>("/api/messages/v1/card/wecode"),
        SurfaceRoute.To<SendImage>("/api/messages/v1/image"),
        SurfaceRoute.To<SendNews>("/api/messages/v1/news"),
        SurfaceRoute.To<UpdateMessage>("/api/messages/v1/update"),
        SurfaceRoute.To<RecallMessage>("/api/messages/v1/recall"),
        SurfaceRoute.To<ListInbox>("/api/messages/v1/inbox"),
        SurfaceRoute.To<AddTodo>("/api/todo/v1/addtask"),
        SurfaceRoute.To<AddNamedTodo>("/api/todo/v2/addtask"),
        SurfaceRoute.To<AddDesktopTodo>("/api/todo/v3/addtask"),
        SurfaceRoute.To<FinishTodo>("/api/todo/v1/updatetask"),
        SurfaceRoute.To<FinishNamedTodo>("/api/todo/v2/updatetask"),
        SurfaceRoute.To<RemoveTodo>("/api/todo/v1/deltask"),
        SurfaceRoute.To<ListTodos>("/api/todo/v1/tasks"),
        .. ContactRoutes.All,
        SurfaceRoute.To<AddArticle>("/api/knowledge/v1/articles/add"),
        SurfaceRoute.To<AddArticle>("/api/knowledge/v2/articles/add"),
        SurfaceRoute.To<UpdateArticle>("/api/knowledge/v1/articles/update"),
        SurfaceRoute.To<UpdateArticle>("/api/knowledge/v2/articles/update"),
        SurfaceRoute.To<DeleteArticle>("/api/knowledge/v1/articles/delete"),
        SurfaceRoute.To<ListArticles>("/api/knowledge/v1/article/list"),
        SurfaceRoute.To<ListCategories>("/api/knowledge/v1/category/list"),
        SurfaceRoute.To<ListComponents>("/api/knowledge/v1/component/list"),
        SurfaceRoute.To<UploadFile>("/api/knowledge/v1/file/upload"),
        SurfaceRoute.To<UpdateFile>("/api/knowledge/v1/file/update"),
        SurfaceRoute.To<DeleteFile>("/api/knowledge/v1/file/delete"),
        SurfaceRoute.To<DownloadFile>(KnowledgeRequest.Download),
        SurfaceRoute.To<AnnounceFile>("/api/clouddrive/v1/files/preupload"),
        SurfaceRoute.To<SendFile>(SendFile.Path),
        SurfaceRoute.To<ListRecords>("/api/attendance/v2/records"),
        SurfaceRoute.To<ListRecordsByTime>("/api/attendance/v3/records"),
        SurfaceRoute.To<CheckInMember>("/api/attendance/v1/checkin"),
        SurfaceRoute.To<OcrBusinessCard>("/api/aiservice/v1/ocr/business-card"),
        SurfaceRoute.To<OcrGeneralTable>("/api/aiservice/v1/ocr/general-table"),
        SurfaceRoute.To<OcrWebImage>("/api/aiservice/v1/ocr/web-image"),
        SurfaceRoute.To<OcrIdCard>("/api/aiservice/v1/ocr/id-card"),
        SurfaceRoute.To<OcrAutoClassification>("/api/aiservice/v1/ocr/auto-classification"),
        SurfaceRoute.To<FaceDetect>("/api/aiservice/v2/frs/face-detect"),
        SurfaceRoute.To<FaceCompare>("/api/aiservice/v2/frs/face-compare"),
        SurfaceRoute.To<MarketTenant>("/api/tenant/v1/market/tenant"),
        SurfaceRoute.To<MarketCallback>(MarketCallback.Path + "*"),
    ];

    private readonly RouteTable _paths;
    private readonly WeLinkDialect _dialect;

    public WeLinkSurface(WeLinkDialect dialect, SurfaceRoutes routes) =>
        (_dialect, _paths, Operations) = (dialect, routes.Table(s_paths), routes.Operations);

    public string Slug => "welink";

    public IReadOnlySet<string> ParameterNames => WeLinkParameters.Names;

    public RouteTable Paths => _paths;

    IEnumerable<string> ISurface.Paths => _paths.Names;

    public IReadOnlyList<IOperation> Operations { get; }

    public IReadOnlyList<ErrorDefinition> UnroutedErrors => [];

    public ValueTask<RouteResult> RouteAsync(Call call) =>
        ValueTask.FromResult(_paths.Find(call.Path) is { } operation ? new RouteResult(operation) : _paths.NoSuchPath(call.Path));

    public ValueTask WriteAsync(Call call, Answer answer) => _dialect.WriteAsync(call, answer);
}
