global using Companion.JsonRpc.Tests.Support;
global using static Companion.JsonRpc.Tests.Support.Frames;

[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]
