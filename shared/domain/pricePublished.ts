/**
 * The price list that ships with the app, as the text of a price list file: what providers published, with the days on which
 * prices changed, in USD. A price whose first day is not known holds from the start of 2023. Each group says where it is from.
 */
export const PUBLISHED_PRICES = `price_list: 1
name: Published prices
as_of: 2026-09-22
currency: USD
source: "pricing pages of OpenAI (2026-01-24) and Anthropic (2026-04-16), and the price changes announced until September 2026"
rates:
  # OpenAI, text: pricing page of 2026-01-24. Web searches, here and below: 10 for a thousand calls.
  gpt-5.2: [{from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 1.75, cached_input_tokens: 0.175, output_tokens: 14, web_search_requests: 10000}]
  gpt-5.1: [{from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 1.25, cached_input_tokens: 0.125, output_tokens: 10, web_search_requests: 10000}]
  gpt-5: [{from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 1.25, cached_input_tokens: 0.125, output_tokens: 10, web_search_requests: 10000}]
  gpt-5-mini:
    - {from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 0.25, cached_input_tokens: 0.025, output_tokens: 2, web_search_requests: 10000}
  gpt-5-nano:
    - {from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 0.05, cached_input_tokens: 0.005, output_tokens: 0.40, web_search_requests: 10000}
  gpt-4.1: [{from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 2, cached_input_tokens: 0.50, output_tokens: 8, web_search_requests: 10000}]
  gpt-4.1-mini:
    - {from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 0.40, cached_input_tokens: 0.10, output_tokens: 1.60, web_search_requests: 10000}
  gpt-4.1-nano:
    - {from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 0.10, cached_input_tokens: 0.025, output_tokens: 0.40, web_search_requests: 10000}
  gpt-4o: [{from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 2.50, cached_input_tokens: 1.25, output_tokens: 10, web_search_requests: 10000}]
  gpt-4o-mini:
    - {from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 0.15, cached_input_tokens: 0.075, output_tokens: 0.60, web_search_requests: 10000}
  o3: [{from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 2, cached_input_tokens: 0.50, output_tokens: 8, web_search_requests: 10000}]
  o4-mini:
    - {from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 1.10, cached_input_tokens: 0.275, output_tokens: 4.40, web_search_requests: 10000}
  o3-mini:
    - {from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 1.10, cached_input_tokens: 0.55, output_tokens: 4.40, web_search_requests: 10000}
  # OpenAI: price lists collected in public, August 2026.
  gpt-5.4: [{from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 2.50, cached_input_tokens: 0.25, output_tokens: 15, web_search_requests: 10000}]
  gpt-5.5: [{from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 5, cached_input_tokens: 0.50, output_tokens: 30, web_search_requests: 10000}]
  # Price cuts of 2026-07-30 and 2026-08-21; from GPT-5.6 on, writing to the cache costs 1.25 times the input.
  gpt-5.6-sol:
    - {from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 5, cached_input_tokens: 0.50, cache_write_tokens: 6.25, output_tokens: 30, web_search_requests: 10000}
    - {from: 2026-08-21T00:00:00Z, per: 1000000, input_tokens: 2, cached_input_tokens: 0.20, cache_write_tokens: 2.50, output_tokens: 10, web_search_requests: 10000}
  gpt-5.6-terra:
    - {from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 2.50, cached_input_tokens: 0.25, cache_write_tokens: 3.125, output_tokens: 15, web_search_requests: 10000}
    - {from: 2026-07-30T00:00:00Z, per: 1000000, input_tokens: 2, cached_input_tokens: 0.20, cache_write_tokens: 2.50, output_tokens: 12, web_search_requests: 10000}
  gpt-5.6-luna:
    - {from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 1, cached_input_tokens: 0.10, cache_write_tokens: 1.25, output_tokens: 6, web_search_requests: 10000}
    - {from: 2026-07-30T00:00:00Z, per: 1000000, input_tokens: 0.20, cached_input_tokens: 0.02, cache_write_tokens: 0.25, output_tokens: 1.20, web_search_requests: 10000}
  # Announcements of 2026-09-03 and 2026-09-22.
  gpt-6-astra:
    - {from: 2026-09-03T00:00:00Z, per: 1000000, input_tokens: 10, cached_input_tokens: 1, cache_write_tokens: 12.50, output_tokens: 50, web_search_requests: 10000}
  gpt-6-sol:
    - {from: 2026-09-22T00:00:00Z, per: 1000000, input_tokens: 2, cached_input_tokens: 0.20, cache_write_tokens: 2.50, output_tokens: 10, web_search_requests: 10000}
  gpt-6-luna:
    - {from: 2026-09-22T00:00:00Z, per: 1000000, input_tokens: 0.10, cached_input_tokens: 0.01, cache_write_tokens: 0.125, output_tokens: 0.50, web_search_requests: 10000}
  # OpenAI, other than text: pricing page of 2026-01-24.
  text-embedding-3-small: [{from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 0.02}]
  text-embedding-3-large: [{from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 0.13}]
  omni-moderation: [{from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 0}]
  omni-moderation-latest: [{from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 0}]
  text-moderation-latest: [{from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 0}]
  text-moderation-stable: [{from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 0}]
  moderations: [{from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 0}]
  gpt-realtime: [{from: 2023-01-01T00:00:00Z, per: 1000000, input_audio_tokens: 32, cached_input_audio_tokens: 0.40, output_audio_tokens: 64}]
  whisper-1: [{from: 2023-01-01T00:00:00Z, per: 60, seconds: 0.006}]
  tts-1: [{from: 2023-01-01T00:00:00Z, per: 1000000, characters: 15}]
  tts-1-hd: [{from: 2023-01-01T00:00:00Z, per: 1000000, characters: 30}]
  sora-2: [{from: 2023-01-01T00:00:00Z, per: 1, seconds: 0.10}]
  # An image of 1024x1024 by its quality; the usage API states size and no quality, so its rows have no price here.
  'gpt-image-1, 1024x1024, low': [{from: 2023-01-01T00:00:00Z, per: 1, images: 0.011}]
  'gpt-image-1, 1024x1024, medium': [{from: 2023-01-01T00:00:00Z, per: 1, images: 0.042}]
  'gpt-image-1, 1024x1024, high': [{from: 2023-01-01T00:00:00Z, per: 1, images: 0.167}]
  'gpt-image-1.5, 1024x1024, low': [{from: 2023-01-01T00:00:00Z, per: 1, images: 0.009}]
  'gpt-image-1.5, 1024x1024, medium': [{from: 2023-01-01T00:00:00Z, per: 1, images: 0.034}]
  'gpt-image-1.5, 1024x1024, high': [{from: 2023-01-01T00:00:00Z, per: 1, images: 0.133}]
  'dall-e-3, 1024x1024, standard': [{from: 2023-01-01T00:00:00Z, per: 1, images: 0.04}]
  'dall-e-3, 1024x1024, hd': [{from: 2023-01-01T00:00:00Z, per: 1, images: 0.08}]
  # OpenAI, fees by the call: pricing page of 2026-01-24. The usage API counts requests, the costs API a plain quantity.
  web searches: [{from: 2023-01-01T00:00:00Z, per: 1000, requests: 10}]
  web search tool calls: [{from: 2023-01-01T00:00:00Z, per: 1000, requests: 10, quantity: 10}]
  web search preview: [{from: 2023-01-01T00:00:00Z, per: 1000, requests: 25, quantity: 25}]
  file searches: [{from: 2023-01-01T00:00:00Z, per: 1000, requests: 2.50}]
  file search tool calls: [{from: 2023-01-01T00:00:00Z, per: 1000, requests: 2.50, quantity: 2.50}]
  # By GB and day, the first GB free, which a price cannot say.
  file search storage: [{from: 2023-01-01T00:00:00Z, per: 1, gb_days: 0.10}]
  # A container of 1 GB; the usage API counts sessions and does not state their size.
  code interpreter sessions: [{from: 2023-01-01T00:00:00Z, per: 1, sessions: 0.03}]
  'code interpreter sessions, 4 GB': [{from: 2023-01-01T00:00:00Z, per: 1, sessions: 0.12}]
  'code interpreter sessions, 16 GB': [{from: 2023-01-01T00:00:00Z, per: 1, sessions: 0.48}]
  'code interpreter sessions, 64 GB': [{from: 2023-01-01T00:00:00Z, per: 1, sessions: 1.92}]
  # Anthropic: pricing page of 2026-04-16.
  claude-opus-4-7:
    - {from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 5, cache_write_tokens: 6.25, cache_write_1h_tokens: 10, cached_input_tokens: 0.50, output_tokens: 25, web_search_requests: 10000}
  claude-opus-4-6:
    - {from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 5, cache_write_tokens: 6.25, cache_write_1h_tokens: 10, cached_input_tokens: 0.50, output_tokens: 25, web_search_requests: 10000}
  claude-opus-4-5:
    - {from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 5, cache_write_tokens: 6.25, cache_write_1h_tokens: 10, cached_input_tokens: 0.50, output_tokens: 25, web_search_requests: 10000}
  claude-opus-4-1:
    - {from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 15, cache_write_tokens: 18.75, cache_write_1h_tokens: 30, cached_input_tokens: 1.50, output_tokens: 75, web_search_requests: 10000}
  claude-sonnet-4-6:
    - {from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 3, cache_write_tokens: 3.75, cache_write_1h_tokens: 6, cached_input_tokens: 0.30, output_tokens: 15, web_search_requests: 10000}
  claude-sonnet-4-5:
    - {from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 3, cache_write_tokens: 3.75, cache_write_1h_tokens: 6, cached_input_tokens: 0.30, output_tokens: 15, web_search_requests: 10000}
  claude-sonnet-4:
    - {from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 3, cache_write_tokens: 3.75, cache_write_1h_tokens: 6, cached_input_tokens: 0.30, output_tokens: 15, web_search_requests: 10000}
  claude-haiku-4-5:
    - {from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 1, cache_write_tokens: 1.25, cache_write_1h_tokens: 2, cached_input_tokens: 0.10, output_tokens: 5, web_search_requests: 10000}
  claude-3-5-haiku:
    - {from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 0.80, cache_write_tokens: 1, cache_write_1h_tokens: 1.60, cached_input_tokens: 0.08, output_tokens: 4, web_search_requests: 10000}
  # Announcements of 2026 state input and output, of Opus 5.5 cache reads too. The rest by the page's factors of the input:
  # 1.25 for a write of five minutes, 2 for one of an hour, 0.1 for a read.
  claude-opus-5:
    - {from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 5, cache_write_tokens: 6.25, cache_write_1h_tokens: 10, cached_input_tokens: 0.50, output_tokens: 25, web_search_requests: 10000}
  claude-opus-5-5:
    - {from: 2026-09-22T00:00:00Z, per: 1000000, input_tokens: 4, cache_write_tokens: 5, cache_write_1h_tokens: 8, cached_input_tokens: 0.20, output_tokens: 20, web_search_requests: 10000}
  claude-sonnet-5:
    - {from: 2023-01-01T00:00:00Z, per: 1000000, input_tokens: 2, cache_write_tokens: 2.50, cache_write_1h_tokens: 4, cached_input_tokens: 0.20, output_tokens: 10, web_search_requests: 10000}
    - {from: 2026-09-01T00:00:00Z, per: 1000000, input_tokens: 3, cache_write_tokens: 3.75, cache_write_1h_tokens: 6, cached_input_tokens: 0.30, output_tokens: 15, web_search_requests: 10000}
  # By the hour, after 1,550 free hours and at least five minutes each, which a price cannot say.
  code execution: [{from: 2023-01-01T00:00:00Z, per: 1, hours: 0.05}]
factors:
  # OpenAI, batch and flex: half of every price by the token (guides, 2026).
  'gpt-*, batch': [{from: 2023-01-01T00:00:00Z, input_tokens: 0.5, cached_input_tokens: 0.5, cache_write_tokens: 0.5, output_tokens: 0.5}]
  'gpt-*, flex': [{from: 2023-01-01T00:00:00Z, input_tokens: 0.5, cached_input_tokens: 0.5, cache_write_tokens: 0.5, output_tokens: 0.5}]
  'o3*, batch': [{from: 2023-01-01T00:00:00Z, input_tokens: 0.5, cached_input_tokens: 0.5, cache_write_tokens: 0.5, output_tokens: 0.5}]
  'o3*, flex': [{from: 2023-01-01T00:00:00Z, input_tokens: 0.5, cached_input_tokens: 0.5, cache_write_tokens: 0.5, output_tokens: 0.5}]
  'o4-mini*, batch': [{from: 2023-01-01T00:00:00Z, input_tokens: 0.5, cached_input_tokens: 0.5, cache_write_tokens: 0.5, output_tokens: 0.5}]
  'o4-mini*, flex': [{from: 2023-01-01T00:00:00Z, input_tokens: 0.5, cached_input_tokens: 0.5, cache_write_tokens: 0.5, output_tokens: 0.5}]
  'text-embedding-*, batch': [{from: 2023-01-01T00:00:00Z, input_tokens: 0.5}]
  # OpenAI, priority, named fast since 2026-07-30 and twice the price since then. Before, about 1.7 to 2 times: no price.
  'gpt-*, priority': [{from: 2026-07-30T00:00:00Z, input_tokens: 2, cached_input_tokens: 2, cache_write_tokens: 2, output_tokens: 2}]
  'gpt-*, fast': [{from: 2026-07-30T00:00:00Z, input_tokens: 2, cached_input_tokens: 2, cache_write_tokens: 2, output_tokens: 2}]
  'o3*, priority': [{from: 2026-07-30T00:00:00Z, input_tokens: 2, cached_input_tokens: 2, cache_write_tokens: 2, output_tokens: 2}]
  'o3*, fast': [{from: 2026-07-30T00:00:00Z, input_tokens: 2, cached_input_tokens: 2, cache_write_tokens: 2, output_tokens: 2}]
  'o4-mini*, priority': [{from: 2026-07-30T00:00:00Z, input_tokens: 2, cached_input_tokens: 2, cache_write_tokens: 2, output_tokens: 2}]
  'o4-mini*, fast': [{from: 2026-07-30T00:00:00Z, input_tokens: 2, cached_input_tokens: 2, cache_write_tokens: 2, output_tokens: 2}]
  # OpenAI, long context: the whole request at twice the input and cache, 1.5 times the output (pricing page, 2026).
  'gpt-5.4*, long context': [{from: 2023-01-01T00:00:00Z, input_tokens: 2, cached_input_tokens: 2, cache_write_tokens: 2, output_tokens: 1.5}]
  'gpt-5.5*, long context': [{from: 2023-01-01T00:00:00Z, input_tokens: 2, cached_input_tokens: 2, cache_write_tokens: 2, output_tokens: 1.5}]
  'gpt-5.6*, long context': [{from: 2023-01-01T00:00:00Z, input_tokens: 2, cached_input_tokens: 2, cache_write_tokens: 2, output_tokens: 1.5}]
  'gpt-6*, long context': [{from: 2023-01-01T00:00:00Z, input_tokens: 2, cached_input_tokens: 2, cache_write_tokens: 2, output_tokens: 1.5}]
  # OpenAI, data residency: 10 percent more (pricing page, 2026). No export has the mark.
  'gpt-*, data residency': [{from: 2023-01-01T00:00:00Z, input_tokens: 1.1, cached_input_tokens: 1.1, cache_write_tokens: 1.1, output_tokens: 1.1}]
  'o3*, data residency': [{from: 2023-01-01T00:00:00Z, input_tokens: 1.1, cached_input_tokens: 1.1, cache_write_tokens: 1.1, output_tokens: 1.1}]
  'o4-mini*, data residency': [{from: 2023-01-01T00:00:00Z, input_tokens: 1.1, cached_input_tokens: 1.1, cache_write_tokens: 1.1, output_tokens: 1.1}]
  # Anthropic: batch at half price, inference in the US only at 1.1 times (pricing page of 2026-04-16).
  'claude-*, batch':
    - {from: 2023-01-01T00:00:00Z, input_tokens: 0.5, cached_input_tokens: 0.5, cache_write_tokens: 0.5, cache_write_1h_tokens: 0.5, output_tokens: 0.5}
  'claude-*, us':
    - {from: 2023-01-01T00:00:00Z, input_tokens: 1.1, cached_input_tokens: 1.1, cache_write_tokens: 1.1, cache_write_1h_tokens: 1.1, output_tokens: 1.1}
# Input tokens above which a request is of long context. Models before GPT-5.4 have no such price on the page of 2026-01-24.
long_context:
  'gpt-5.4*': 272000
  'gpt-5.5*': 272000
  'gpt-5.6*': 272000
  'gpt-6*': 272000
`;
