using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Companion.Floor;
using Microsoft.Win32.SafeHandles;

// One loop: a read, every message in it, one write of all the replies.
using var input = new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
using var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
var inbox = new byte[64 * 1024];
var replies = new MemoryStream(64 * 1024);
var (start, end) = (0, 0);
while (true)
{
    if (start > 0)
        inbox.AsSpan(start, end - start).CopyTo(inbox);
    (start, end) = (0, end - start);
    if (end == inbox.Length)
        Array.Resize(ref inbox, 2 * inbox.Length);
    var count = input.Read(inbox, end, inbox.Length - end);
    if (count == 0)
        return 0;
    end += count;
    while (Frame() is { Length: > 0 } body)
        Answer(body.Span);
    output.Write(replies.GetBuffer(), 0, (int)replies.Length);
    replies.SetLength(0);
}

ReadOnlyMemory<byte> Frame()
{
    var unread = inbox.AsSpan(start, end - start);
    var header = unread.IndexOf("\r\n\r\n"u8);
    if (header < 0)
        return default;
    if (!Utf8Parser.TryParse(unread["Content-Length: ".Length..header], out int length, out _) || unread.Length < header + 4 + length)
        return default;
    var body = inbox.AsMemory(start + header + 4, length);
    start += header + 4 + length;
    return body;
}

void Answer(ReadOnlySpan<byte> body)
{
    var isInitialize = false;
    ReadOnlySpan<byte> id = default;
    ReadOnlySpan<byte> parameters = default;
    var reader = new Utf8JsonReader(body);
    reader.Read();
    while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
    {
        var (isId, isMethod, isParams) = (reader.ValueTextEquals("id"u8), reader.ValueTextEquals("method"u8), reader.ValueTextEquals("params"u8));
        reader.Read();
        var from = (int)reader.TokenStartIndex;
        if (isMethod)
            isInitialize = reader.ValueTextEquals("initialize"u8);
        reader.Skip();
        if (isId)
            id = body[from..(int)reader.BytesConsumed];
        if (isParams)
            parameters = body[from..(int)reader.BytesConsumed];
    }

    if (id.IsEmpty)
        return;
    var result = isInitialize
        ? JsonSerializer.SerializeToUtf8Bytes(Answers.To(JsonSerializer.Deserialize(parameters, FloorJson.Default.Question)!), FloorJson.Default.Welcome)
        : JsonSerializer.SerializeToUtf8Bytes(Answers.Account, FloorJson.Default.Account);
    replies.Write(Encoding.ASCII.GetBytes($"Content-Length: {33 + id.Length + result.Length}\r\n\r\n"));
    replies.Write("{\"jsonrpc\":\"2.0\",\"id\":"u8);
    replies.Write(id);
    replies.Write(",\"result\":"u8);
    replies.Write(result);
    replies.Write("}"u8);
}
