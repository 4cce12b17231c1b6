using Yaopai.Bench;

switch (args)
{
    case ["floor", var answers, var url]:
        await Floor.RunAsync(answers, url);
        return 0;
    case ["seed", var folder, .. var rest]:
        await Seed.WriteAllAsync(folder, rest);
        return 0;
    case ["drive", .. var options]:
        return await Drive.RunAsync(DriveOptions.Parse(options));
    case ["provision", .. var options]:
        return await Provision.RunAsync(options);
    case ["sandbox", .. var options]:
        return await SandboxTimes.RunAsync(options);
    case ["report", var results]:
        Console.Write(Report.Render(Measurement.Read(results)));
        return 0;
    default:
        Console.Error.WriteLine(
            """
            floor ANSWERS URL                   serve recorded answers after reading the form: the empty floor
            seed FOLDER [--Storage:Database …]  prepare a database and write the forms that the load sends
            drive --server PROGRAM --results FILE [--rounds N] [--seconds N] [--quick] [--postgres] [--rows NAME,NAME]
            provision --server PROGRAM [--members N] [--departments N] [--runs N]
                                                have an organisation's people made by the batch calls, and list them: rate and memory
            sandbox --server PROGRAM            how long a world and a restored snapshot take
            report FILE                         print the results as a table
            """);
        return 2;
}
