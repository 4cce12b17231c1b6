using Yaopai.Server;

await YaopaiServer.Build(args).RunAsync();
