using Companion.Protocol.Generator;

File.WriteAllText(args.Single(), OpenRpcDocument.Text());
