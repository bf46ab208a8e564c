using System.Buffers;

namespace EcosystemSilo.Gateway.Http;

/// <summary>Reads a body that may have so many bytes and no more.</summary>
internal static class BoundedBody
{
    /// <summary>Null when it is too large; then nothing more of it is kept.</summary>
    public static async ValueTask<byte[]?> Read(HttpContext context, int bytesMax)
    {
        if (context.Request.ContentLength > bytesMax)
        {
            context.DrainRest();
            return null;
        }

        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > bytesMax)
            {
                reader.AdvanceTo(read.Buffer.End);
                context.DrainRest();
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
