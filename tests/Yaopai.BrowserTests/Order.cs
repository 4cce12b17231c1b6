using Xunit.v3;

// As they stand in their file. The default order hangs on the path of the assembly: what fails in one folder would pass in another.
[assembly: TestMethodOrderer(typeof(UnorderedTestMethodOrderer))]
[assembly: TestCaseOrderer(typeof(UnorderedTestCaseOrderer))]
