using Companion.Protocol.Generator;

File.WriteAllText(args[0], OpenRpcDocument.Text());
File.WriteAllText(args[1], ToolsDocument.Text());
