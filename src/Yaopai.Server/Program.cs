using Yaopai.Server.Admin;

// No verb, or `serve`: the server (YaopaiServer.cs). Any other verb: the command line (Admin/CommandLine.cs lists them).
return Serving.SettingsOf(args) is { } settings
    ? await Serving.RunAsync(settings, Console.Error)
    : await CommandLine.RunAsync(args, Terminal.OfProcess);
