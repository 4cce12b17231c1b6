<?php
// The Open API in PHP, with Guzzle: php guzzle.php SERVER CLIENT_ID CLIENT_SECRET
// Debian has no OAuth 2.0 client for PHP; this is what such clients stand on.

require 'GuzzleHttp/autoload.php';

[, $server, $id, $secret] = $argv;
$http = new GuzzleHttp\Client(['base_uri' => $server, 'http_errors' => false]);
$callback = 'https://demo.example/callback';
$state = bin2hex(random_bytes(16));
$verifier = bin2hex(random_bytes(32));

function expect(bool $holds, mixed $said): void
{
    if (!$holds) {
        fwrite(STDERR, print_r($said, true));
        exit(1);
    }
}

$ask = function (string $method, string $address, array $options = []) use ($http): array {
    return json_decode($http->request($method, $address, $options)->getBody(), true);
};

$address = $server . '/open/oauth/2.0/authorize?' . http_build_query([
    'response_type' => 'code',
    'client_id' => $id,
    'redirect_uri' => $callback,
    'scope' => 'basic email',
    'state' => $state,
    'code_challenge' => rtrim(strtr(base64_encode(hash('sha256', $verifier, true)), '+/', '-_'), '='),
    'code_challenge_method' => 'S256',
]);
parse_str(parse_url(trim(shell_exec('node browser.mjs ' . escapeshellarg($address))), PHP_URL_QUERY), $back);
expect($back['state'] === $state, $back);

$trade = fn (array $form): array => $ask('POST', '/open/oauth/2.0/token', ['auth' => [$id, $secret], 'form_params' => $form]);
$first = $trade([
    'grant_type' => 'authorization_code', 'code' => $back['code'], 'redirect_uri' => $callback, 'code_verifier' => $verifier]);
expect($first['scope'] === 'basic email', $first);
$second = $trade(['grant_type' => 'refresh_token', 'refresh_token' => $first['refresh_token']]);

$bearer = ['headers' => ['Authorization' => "Bearer {$second['access_token']}"]];
$person = $ask('GET', '/open/rest/2.0/passport/users/getLoggedInUser', $bearer);
expect($person['uname'] === 'mainland', $person);
$ended = $ask('GET', '/open/rest/2.0/passport/auth/expireSession', $bearer);
expect($ended === ['result' => '1'], $ended);
$late = $ask('GET', '/open/rest/2.0/passport/users/getInfo', $bearer);
expect($late['error_code'] === 110, $late);
